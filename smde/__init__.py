"""SMDE: a territory's economic-development strategy, from YAML to site, Word, PDF and data."""

__version__ = "0.1.0"
