"""The types of references: a string in the YAML that names another element, and the kinds it may name."""

from typing import Annotated

from smde.model.champ import Vers

VersTout = Annotated[str, Vers()]
VersTheme = Annotated[str, Vers(("theme",))]
VersConstat = Annotated[str, Vers(("constat",))]
VersEnjeu = Annotated[str, Vers(("enjeu",))]
VersObjectif = Annotated[str, Vers(("objectif",))]
VersPriorite = Annotated[str, Vers(("priorite",))]
VersAction = Annotated[str, Vers(("action",))]
VersActeur = Annotated[str, Vers(("acteur",))]
VersGroupe = Annotated[str, Vers(("groupe",))]
VersOrganisation = Annotated[str, Vers(("organisation",))]
VersInstance = Annotated[str, Vers(("groupe", "organisation"))]
VersPhase = Annotated[str, Vers(("phase",))]
VersSeance = Annotated[str, Vers(("seance",))]
VersDecision = Annotated[str, Vers(("decision",))]
VersEntretien = Annotated[str, Vers(("entretien",))]
VersGuide = Annotated[str, Vers(("guide",))]
VersCadre = Annotated[str, Vers(("cadre",))]
VersIndicateur = Annotated[str, Vers(("indicateur",))]
VersTerritoire = Annotated[str, Vers(("territoire",))]
VersSource = Annotated[str, Vers(("source",))]
