"""Dates en désordre.

Une fin précède son début, une étape précède celle d'avant ou dépasse la fin de l'action, une source a été lue avant
d'exister. L'une des deux dates est fausse, et tous les calendriers le seraient.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  calendrier: {debut: 2026-S2, fin: 2025}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  calendrier: {debut: 2025, fin: 2026-S2}
  etapes:
    - {titre: Diagnostic de la charpente, echeance: 2025-T2}
    - {titre: Ouverture au public, echeance: 2026-S2}
```
"""

from collections.abc import Iterator
from datetime import date

from smde.diagnostic import Severite
from smde.dossier import Chemin, Dossier
from smde.ecriture import jour as ecrit
from smde.ecriture import periode
from smde.model.cadres import Cadre
from smde.model.demarche import Phase
from smde.model.element import Element
from smde.model.mesures import Source, Territoire
from smde.model.schema import Action
from smde.periodes import bornes, jour
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every pair of dates of which the second cannot come after the first."""
    for phase in dossier.tous(Phase):
        yield from _ordre(phase, ("fin",), phase.debut, phase.fin)
    for cadre in dossier.tous(Cadre):
        yield from _ordre(cadre, ("fin",), cadre.debut, cadre.fin)
    for territoire in dossier.tous(Territoire):
        yield from _ordre(territoire, ("valide_au",), territoire.valide_du, territoire.valide_au)
    for source in dossier.tous(Source):
        yield from _ordre(source, ("consultee",), source.date, source.consultee, "consultée", "publiée")
    for action in dossier.tous(Action):
        yield from _action(action)


def _action(action: Action) -> Iterator[Faute]:
    fin = action.calendrier.fin if action.calendrier else None
    if action.calendrier:
        yield from _ordre(action, ("calendrier", "fin"), action.calendrier.debut, fin)
    precedente: str | None = None
    for rang, etape in enumerate(action.etapes):
        if etape.echeance is None:
            continue
        chemin = ("etapes", rang, "echeance")
        sujet = f"Dans « {action.titre} », l'étape « {etape.titre} » ({_ecrit(etape.echeance)})"
        if precedente and _avant(etape.echeance, precedente):
            message = f"{sujet} est écrite après une étape plus tardive ({_ecrit(precedente)})."
            yield Faute(action.id, chemin, message, "Remettez les étapes dans l'ordre, ou corrigez une échéance.")
        elif fin and _avant(fin, etape.echeance):
            message = f"{sujet} dépasse la fin de l'action ({_ecrit(fin)})."
            yield Faute(action.id, chemin, message, "Corrigez l'échéance, ou la fin du calendrier.")
        precedente = etape.echeance


def _ordre(
    element: Element,
    chemin: Chemin,
    debut: str | date | None,
    fin: str | date | None,
    apres: str = "",
    avant: str = "",
) -> Iterator[Faute]:
    if debut is None or fin is None or not _avant(fin, debut):
        return
    if apres:
        message = f"« {element.titre} » a été {apres} ({_ecrit(fin)}) avant d'être {avant} ({_ecrit(debut)})."
    else:
        message = f"« {element.titre} » finit ({_ecrit(fin)}) avant de commencer ({_ecrit(debut)})."
    yield Faute(element.id, chemin, message, "Corrigez l'une des deux dates.")


def _avant(premier: str | date, second: str | date) -> bool:
    """Whether all of a period comes before all of another."""
    fin = bornes(premier)[1] if isinstance(premier, str) else jour(premier)
    debut = bornes(second)[0] if isinstance(second, str) else jour(second)
    return fin < debut


def _ecrit(moment: str | date) -> str:
    return periode(moment) if isinstance(moment, str) else ecrit(moment)
