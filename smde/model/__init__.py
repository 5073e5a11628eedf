"""The nouns of the trade, as a practitioner would read them; no file, no page, no rule."""
