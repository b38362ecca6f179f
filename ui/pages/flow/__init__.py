"""How work flows: value streams and delivery metrics."""
