"""What comes back to the program: files others have had in their hands. Nothing of them is trusted."""
