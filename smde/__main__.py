"""`python -m smde` is the command `smde`."""

from smde.cli import main

raise SystemExit(main())
