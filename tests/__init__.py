"""The tests of the project, one file per file of `smde/`, and small dossiers that read like real ones."""
