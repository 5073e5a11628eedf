"""What the program declines to do, with the sentence to show."""


class Refus(Exception):
    """What was asked cannot be done; the message is the sentence to show, in French."""
