"""The rules: their pages are run, and their behaviour is told in sentences."""
