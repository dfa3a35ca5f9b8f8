"""Commands that judge: tags, notes, flags, relations, evidence, undo."""

from __future__ import annotations

from reader.tui.commands.command import row, section

TAG = section(
    "Tag",
    [
        *(
            row(f"tag.{key}", str(key), f"tag {key}",
               f"Set the tag on key {key} of this facet, or take it off.",
               "read select panel evidence", action=f"tag('{key}')", palette=False)
            for key in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
        ),
        row("tag.prefix", "", "tag by its key", "Then the key of a tag; twice lists the tags.",
           "read select panel", palette=False),
        row("tag.palette", "t", "tags", "Find a tag by name, or make one of your own.",
           "read select panel", hint="tags"),
        row("tag.repeat", ".", "last tag again",
           "Set the last tag again; it never takes it off.", "read select panel"),
        row("facet.previous", "<", "previous facet", "Use the previous question of the codebook.",
           "read select panel"),
        row("facet.next", ">", "next facet", "Use the next question of the codebook.",
           "read select panel"),
        row("note", "a enter", "note", "Write a note; makes the highlight if there is none.",
           "read", hint="note"),
        row("note.write", "a", "note", "Write a note on this.", "select panel"),
        row("confidence", "c", "confidence", "Confidence: low, moderate, high, not given.",
           "read panel verdict"),
        row("likelihood", "%", "likelihood",
           "How likely it is: per cent, or a word of ICD 203.", "read panel verdict"),
        row("reason", "R", "reason", "Say why this tag.", "read panel verdict"),
        row("source", "s", "who said it",
            "Pick the source, hop by hop from the origin; makes the highlight if there is none.",
            "read panel", hint="source"),
        row("source.selection", "S", "who said it", "Pick the source of what is selected.",
            "select", palette=False),
        row("voice", "i", "voice and speech act",
            "How it is told, what the speaker does in saying it, and whether it was said.",
            "read select panel"),
        row("relation", "r", "relation",
           "Relate this to another statement: go there, here or in another article, and press"
           " Enter.", "read select panel", hint="relation"),
        row("relation.list", "l", "relations", "List what this is related to; follow, edit, take"
           " back.", "read panel"),
        row("evidence", "e", "evidence", "List the evidence for this, add to it, judge because of"
           " it.", "read panel", hint="evidence"),
        row("claim", "M", "claim", "Who asserts this, denies it, narrows it, in all articles.",
           "read panel"),
        row("claims", "", "all claims", "List the claims that statements of all articles make"
           " together.", "read panel library", action="app.claims"),
        row("flag", "f", "flag", "Flag to check later, or take the flag off.",
           "read select panel"),
        row("highlight.plain", "h", "plain highlight", "Highlight without a tag."),
        row("highlight.delete", "d", "delete highlight",
           "Delete the highlight under the cursor; undo brings it back.", "read panel"),
        row("suggestion", "x", "take suggestion",
           "Accept, change or dismiss what is suggested for this statement; of several, choose one"
           " first."),
        row("suggestions", "X", "show suggestions", "Show or hide what is suggested."),
        row("quotations", "", "compare quotations",
           "List short quotations that differ from a longer one in the article."),
        row("undo", "u", "undo", "Take back the last thing done in this article, or in the list.",
           "read select panel library changes sources", hint="undo"),
        row("redo", "ctrl+r", "redo", "Do again what was undone.",
            "read select panel library changes sources"),
        row("codebook", "", "choose codebook", "Choose the codebook whose tags the digits set."),
        row("block.role", "", "change paragraph's role",
           "Say what this paragraph is: body, caption, credit, quote …"),
    ],
)  # fmt: skip

RELATE = section(
    "Relate",
    [
        row("relate.here", "enter", "relate to this",
            "Choose how the two statements are related; of an orphan, place it here.",
           "relate", hint="relate", palette=False),
        row("relate.leave", "escape", "leave",
            "Relate nothing and go back to the beginning; an orphan stays one.",
           "relate", hint="leave", palette=False),
        row("relate.elsewhere", "F", "another article",
           "Search all articles for the other statement.", "relate", action="app.find",
           hint="another article", palette=False),
    ],
)  # fmt: skip
"""Commands on the way from a statement to the one that it is related to."""
