"""The command line; imports nothing, so that the choice between it and the screen costs nothing."""

COMMANDS = (
    *(
        "add",
        "annotator",
        "attribute",
        "backup",
        "changes",
        "codebook",
        "completion",
        "config",
        "debt",
        "doctor",
    ),
    *("edit", "export", "feed", "highlights", "import", "keys", "label", "ledger", "list", "log"),
    "man",
    *(
        "merge",
        "note",
        "overlap",
        "path",
        "purge",
        "quote",
        "redo",
        "refresh",
        "rescue",
        "search",
        "show",
        "source",
        "stats",
    ),
    *("tag", "tour", "undo", "verdict"),
)
"""Every subcommand: a first word that is none of these names a file to open."""
