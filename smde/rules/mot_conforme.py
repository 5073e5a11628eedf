"""Mot « conforme ».

Les actes d'une métropole sont *compatibles* avec le schéma régional (CGCT, article L4251-17) : ils ne le contredisent
pas. « Conforme » voudrait dire qu'ils l'appliquent à la lettre. Le mot engage la collectivité au-delà de la loi.

Refusé

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    texte: Cette priorité est conforme au SRDEII de la Région.
```

Accepté

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    texte: Cette priorité est compatible avec le schéma de la Région.
```
"""

import re
from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.cadres import Cadre, TypeCadre
from smde.rules import Faute

SEVERITE: Severite = "erreur"
_SIGLES = ("SRDEII", "SRDE", "SRTES")
_SCHEMA = (
    r"(?:schéma|stratégie|document|orientations?)(?:\s+(?:directeur|de\s+développement|économiques?|d['’]innovation|et)){0,4}\s+"
    r"(?:de\s+la\s+région|du\s+conseil\s+régional|régiona(?:le?s?|ux))"
)
"""However the scheme is called without its name: « schéma régional », « schéma de développement de la Région »."""


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every text that says something « conforme » to a regional scheme."""
    suspects = [passage for passage in dossier.passages if "onform" in passage.texte or "ONFORM" in passage.texte]
    if not suspects:
        return
    noms = set(_SIGLES)
    for cadre in dossier.tous(Cadre):
        if cadre.type is TypeCadre.srdeii:
            noms |= {nom for nom in (cadre.id, cadre.titre, cadre.sigle) if nom}
    schemas = "|".join([*(re.escape(nom) for nom in sorted(noms)), _SCHEMA])
    conforme = re.compile(rf"\bconform(?:e|es|er|era|ité|ément)\b[^.;:!?]{{0,60}}?\b(?:{schemas})(?!\w)", re.IGNORECASE)
    for passage in suspects:
        if found := conforme.search(passage.texte):
            yield Faute(
                passage.element.id,
                passage.chemin,
                f"« {passage.element.titre} » écrit « {found[0]} » : la loi demande d'être compatible.",
                "Écrivez « compatible avec », ou « prend en compte ».",
            )
