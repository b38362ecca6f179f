"""The file: its tables, what is refused, the working copy, publishing, backups; SQLite stays in here."""
