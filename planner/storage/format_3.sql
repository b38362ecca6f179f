CREATE TABLE seal (
    id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE document (
    id INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    session TEXT NOT NULL,
    revision INTEGER NOT NULL,
    base_session TEXT NOT NULL,
    base_revision INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE history (
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    parameters TEXT NOT NULL,
    changes BLOB NOT NULL,
    PRIMARY KEY (number)
)
 STRICT;

CREATE TABLE settings (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    client TEXT NOT NULL,
    created TEXT NOT NULL,
    plan_start TEXT,
    status_date TEXT,
    calendar_id TEXT,
    formula_id TEXT,
    roll_up TEXT NOT NULL,
    currency TEXT NOT NULL,
    fiscal_year_start_month INTEGER NOT NULL,
    cool_down_days INTEGER NOT NULL,
    readiness_factors TEXT NOT NULL,
    status_colours TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(calendar_id) REFERENCES calendars (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(formula_id) REFERENCES formulas (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX settings_calendar_id ON settings (calendar_id);

CREATE INDEX settings_formula_id ON settings (formula_id);

CREATE TABLE calendars (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    weekdays TEXT,
    country TEXT NOT NULL,
    subdivision TEXT NOT NULL,
    hours_per_day REAL NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE calendar_exceptions (
    id TEXT NOT NULL,
    calendar_id TEXT NOT NULL,
    name TEXT NOT NULL,
    start TEXT NOT NULL,
    finish TEXT NOT NULL,
    working INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(calendar_id) REFERENCES calendars (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX calendar_exceptions_calendar_id ON calendar_exceptions (calendar_id);

CREATE TABLE freezes (
    id TEXT NOT NULL,
    calendar_id TEXT NOT NULL,
    name TEXT NOT NULL,
    start TEXT NOT NULL,
    finish TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(calendar_id) REFERENCES calendars (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX freezes_calendar_id ON freezes (calendar_id);

CREATE TABLE units (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id TEXT,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX units_parent_id ON units (parent_id);

CREATE TABLE groups (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE teams (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    topology TEXT NOT NULL,
    headcount INTEGER NOT NULL,
    change_capacity REAL NOT NULL,
    change_limit INTEGER NOT NULL,
    readiness INTEGER NOT NULL,
    calendar_id TEXT,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    map_x REAL,
    map_y REAL,
    PRIMARY KEY (id),
    FOREIGN KEY(unit_id) REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(calendar_id) REFERENCES calendars (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX teams_calendar_id ON teams (calendar_id);

CREATE INDEX teams_unit_id ON teams (unit_id);

CREATE TABLE applications (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    team_id TEXT,
    description TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX applications_team_id ON applications (team_id);

CREATE TABLE interactions (
    id TEXT NOT NULL,
    from_team_id TEXT NOT NULL,
    to_team_id TEXT NOT NULL,
    mode TEXT NOT NULL,
    health TEXT NOT NULL,
    since TEXT,
    expected_end TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(from_team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(to_team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX interactions_from_team_id ON interactions (from_team_id);

CREATE INDEX interactions_to_team_id ON interactions (to_team_id);

CREATE TABLE models (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    released TEXT,
    description TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE dimensions (
    id TEXT NOT NULL,
    model_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(model_id) REFERENCES models (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX dimensions_model_id ON dimensions (model_id);

CREATE TABLE themes (
    id TEXT NOT NULL,
    dimension_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(dimension_id) REFERENCES dimensions (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX themes_dimension_id ON themes (dimension_id);

CREATE TABLE scales (
    id TEXT NOT NULL,
    model_id TEXT NOT NULL,
    name TEXT NOT NULL,
    options TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(model_id) REFERENCES models (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX scales_model_id ON scales (model_id);

CREATE TABLE practices (
    id TEXT NOT NULL,
    theme_id TEXT NOT NULL,
    name TEXT NOT NULL,
    scale_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    level INTEGER,
    description TEXT NOT NULL,
    risk TEXT NOT NULL,
    measure TEXT NOT NULL,
    verification TEXT NOT NULL,
    comments TEXT NOT NULL,
    descriptors TEXT NOT NULL,
    knowledge_difficulty INTEGER,
    time_difficulty INTEGER,
    resources_difficulty INTEGER,
    usefulness INTEGER,
    weight REAL NOT NULL,
    "references" TEXT NOT NULL,
    resources TEXT NOT NULL,
    tags TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(theme_id) REFERENCES themes (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(scale_id) REFERENCES scales (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX practices_scale_id ON practices (scale_id);

CREATE INDEX practices_theme_id ON practices (theme_id);

CREATE TABLE prerequisites (
    id TEXT NOT NULL,
    practice_id TEXT NOT NULL,
    required_practice_id TEXT NOT NULL,
    minimum_score REAL NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(practice_id) REFERENCES practices (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(required_practice_id) REFERENCES practices (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX prerequisites_practice_id ON prerequisites (practice_id);

CREATE INDEX prerequisites_required_practice_id ON prerequisites (required_practice_id);

CREATE TABLE assessments (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    held_on TEXT NOT NULL,
    closed_on TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE answers (
    id TEXT NOT NULL,
    assessment_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    practice_id TEXT NOT NULL,
    state TEXT NOT NULL,
    score REAL,
    confidence REAL,
    evidence TEXT NOT NULL,
    reason TEXT NOT NULL,
    expiry TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(assessment_id) REFERENCES assessments (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(practice_id) REFERENCES practices (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX answers_assessment_id ON answers (assessment_id);

CREATE INDEX answers_practice_id ON answers (practice_id);

CREATE INDEX answers_team_id ON answers (team_id);

CREATE TABLE votes (
    id TEXT NOT NULL,
    answer_id TEXT NOT NULL,
    respondent TEXT NOT NULL,
    score REAL NOT NULL,
    comment TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(answer_id) REFERENCES answers (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX votes_answer_id ON votes (answer_id);

CREATE TABLE targets (
    id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    practice_id TEXT NOT NULL,
    score REAL NOT NULL,
    due TEXT,
    owner TEXT NOT NULL,
    rationale TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(practice_id) REFERENCES practices (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX targets_practice_id ON targets (practice_id);

CREATE INDEX targets_team_id ON targets (team_id);

CREATE TABLE waves (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    gate TEXT NOT NULL,
    gate_date TEXT,
    passed_on TEXT,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE initiatives (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id TEXT,
    position INTEGER NOT NULL,
    description TEXT NOT NULL,
    hypothesis TEXT NOT NULL,
    measure TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    wave_id TEXT,
    optimistic_days REAL,
    duration_days REAL NOT NULL,
    pessimistic_days REAL,
    "constraint" TEXT NOT NULL,
    constraint_date TEXT,
    deadline TEXT,
    progress REAL NOT NULL,
    actual_start TEXT,
    actual_finish TEXT,
    cost REAL,
    tags TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(wave_id) REFERENCES waves (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX initiatives_parent_id ON initiatives (parent_id);

CREATE INDEX initiatives_wave_id ON initiatives (wave_id);

CREATE TABLE estimates (
    id TEXT NOT NULL,
    initiative_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    optimistic_effort REAL,
    effort REAL NOT NULL,
    pessimistic_effort REAL,
    PRIMARY KEY (id),
    FOREIGN KEY(initiative_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX estimates_initiative_id ON estimates (initiative_id);

CREATE INDEX estimates_team_id ON estimates (team_id);

CREATE TABLE links (
    id TEXT NOT NULL,
    predecessor_id TEXT NOT NULL,
    successor_id TEXT NOT NULL,
    type TEXT NOT NULL,
    lag_days REAL NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(predecessor_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(successor_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX links_predecessor_id ON links (predecessor_id);

CREATE INDEX links_successor_id ON links (successor_id);

CREATE TABLE value_streams (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id TEXT,
    description TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(unit_id) REFERENCES units (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX value_streams_unit_id ON value_streams (unit_id);

CREATE TABLE stream_steps (
    id TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    process_hours REAL NOT NULL,
    wait_hours REAL NOT NULL,
    complete_accurate REAL NOT NULL,
    waste TEXT,
    visibility INTEGER,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(stream_id) REFERENCES value_streams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX stream_steps_stream_id ON stream_steps (stream_id);

CREATE TABLE measurements (
    id TEXT NOT NULL,
    metric TEXT NOT NULL,
    measured_on TEXT NOT NULL,
    value REAL NOT NULL,
    team_id TEXT,
    application_id TEXT,
    source TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(application_id) REFERENCES applications (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX measurements_application_id ON measurements (application_id);

CREATE INDEX measurements_team_id ON measurements (team_id);

CREATE TABLE outcomes (
    id TEXT NOT NULL,
    initiative_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_value REAL,
    to_value REAL,
    step_id TEXT,
    process_hours_after REAL,
    wait_hours_after REAL,
    metric TEXT,
    application_id TEXT,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(initiative_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(step_id) REFERENCES stream_steps (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(application_id) REFERENCES applications (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX outcomes_application_id ON outcomes (application_id);

CREATE INDEX outcomes_initiative_id ON outcomes (initiative_id);

CREATE INDEX outcomes_step_id ON outcomes (step_id);

CREATE TABLE risks (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    initiative_id TEXT,
    description TEXT NOT NULL,
    probability REAL NOT NULL,
    impact_days REAL NOT NULL,
    impact_cost REAL,
    response TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(initiative_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX risks_initiative_id ON risks (initiative_id);

CREATE TABLE criteria (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    minimum REAL NOT NULL,
    maximum REAL NOT NULL,
    weight REAL NOT NULL,
    higher_is_better INTEGER NOT NULL,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE criterion_scores (
    id TEXT NOT NULL,
    initiative_id TEXT NOT NULL,
    criterion_id TEXT NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(initiative_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(criterion_id) REFERENCES criteria (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX criterion_scores_criterion_id ON criterion_scores (criterion_id);

CREATE INDEX criterion_scores_initiative_id ON criterion_scores (initiative_id);

CREATE TABLE formulas (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    expression TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE baselines (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE scenarios (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE initiative_overrides (
    id TEXT NOT NULL,
    scenario_id TEXT NOT NULL,
    initiative_id TEXT NOT NULL,
    included INTEGER,
    start TEXT,
    duration_days REAL,
    effort_factor REAL,
    PRIMARY KEY (id),
    FOREIGN KEY(scenario_id) REFERENCES scenarios (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(initiative_id) REFERENCES initiatives (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX initiative_overrides_initiative_id ON initiative_overrides (initiative_id);

CREATE INDEX initiative_overrides_scenario_id ON initiative_overrides (scenario_id);

CREATE TABLE team_overrides (
    id TEXT NOT NULL,
    scenario_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    change_capacity REAL,
    change_limit INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(scenario_id) REFERENCES scenarios (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX team_overrides_scenario_id ON team_overrides (scenario_id);

CREATE INDEX team_overrides_team_id ON team_overrides (team_id);

CREATE TABLE teams_group_ids (
    owner_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    target_id TEXT NOT NULL,
    PRIMARY KEY (owner_id, position),
    FOREIGN KEY(owner_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(target_id) REFERENCES groups (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX teams_group_ids_target_id ON teams_group_ids (target_id);

CREATE TABLE stream_steps_team_ids (
    owner_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    target_id TEXT NOT NULL,
    PRIMARY KEY (owner_id, position),
    FOREIGN KEY(owner_id) REFERENCES stream_steps (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(target_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX stream_steps_team_ids_target_id ON stream_steps_team_ids (target_id);

CREATE TABLE outcomes_team_ids (
    owner_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    target_id TEXT NOT NULL,
    PRIMARY KEY (owner_id, position),
    FOREIGN KEY(owner_id) REFERENCES outcomes (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(target_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX outcomes_team_ids_target_id ON outcomes_team_ids (target_id);

CREATE TABLE outcomes_practice_ids (
    owner_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    target_id TEXT NOT NULL,
    PRIMARY KEY (owner_id, position),
    FOREIGN KEY(owner_id) REFERENCES outcomes (id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY(target_id) REFERENCES practices (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX outcomes_practice_ids_target_id ON outcomes_practice_ids (target_id);
