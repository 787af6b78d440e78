"""The spellings of this folder import it; its content does not matter."""
