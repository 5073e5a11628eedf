"""Versions that are published and never change again: on a branch of git or in a plain folder, side by side."""
