"""What pandoc leaves to do in a Word file: its first pages, its sections, its tables, its properties."""
