"""The day a dossier was last touched by the outside world: it stands for « today ». No clock. Finds no fault."""

from smde.dossier import Dossier
from smde.model.demarche import Decision, Seance, StatutSeance
from smde.model.mesures import Source
from smde.periodes import Jour, jour


def aujourd_hui(dossier: Dossier) -> Jour | None:
    """The latest day the dossier speaks of: a source read, a séance held, a decision taken.

    The same dossier so always says the same thing.
    """
    days = [source.consultee for source in dossier.tous(Source) if source.consultee]
    days += [seance.date for seance in dossier.tous(Seance) if seance.date and seance.statut is StatutSeance.tenue]
    days += [decision.date for decision in dossier.tous(Decision)]
    return jour(max(days)) if days else None
