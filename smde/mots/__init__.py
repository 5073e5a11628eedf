"""The words of the templates by subject: rows of tables, lines of lists, lists of elements.

Each class answers cells for one edition; the templates choose the headers. `Vocabulaire` gathers them.
"""
