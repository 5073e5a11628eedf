"""Questions asked of an edition, answered with small frozen values; no Markdown, no HTML."""
