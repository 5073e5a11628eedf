"""SIREN faux.

Le dernier chiffre d'un SIREN est une clé calculée sur les huit autres. Elle ne tombe pas juste : un chiffre est faux,
ou deux sont inversés. Le code d'un territoire de type `epci`, s'il a neuf chiffres, est un SIREN lui aussi.

Refusé

```yaml
data/acteurs.yml: |
  - {id: mission-locale, titre: Mission locale, type: emploi, siren: "243500138", diffusion: public}
```

Accepté

```yaml
data/acteurs.yml: |
  - {id: mission-locale, titre: Mission locale, type: emploi, siren: "243500139", diffusion: public}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.acteurs import Acteur
from smde.model.element import Element
from smde.model.identite import Identite
from smde.model.mesures import Territoire, TypeTerritoire
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def cle_juste(siren: str) -> bool:
    """Luhn's key on nine digits; a row of zeros has the right key and is nobody's number."""
    chiffres = [int(chiffre) * (1 + rang % 2) for rang, chiffre in enumerate(reversed(siren))]
    somme = sum(chiffre - 9 if chiffre > 9 else chiffre for chiffre in chiffres)
    return somme > 0 and somme % 10 == 0


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every SIREN with a wrong key."""
    numeros: list[tuple[Element, str, str | None]] = []
    numeros += [(acteur, "siren", acteur.siren) for acteur in dossier.tous(Acteur)]
    numeros += [(identite, "siren", identite.siren) for identite in dossier.tous(Identite)]
    for territoire in dossier.tous(Territoire):
        code = territoire.code or ""
        if territoire.type is TypeTerritoire.epci and len(code) == 9 and code.isascii() and code.isdigit():
            numeros.append((territoire, "code", code))
    for element, champ, siren in numeros:
        if siren and not cle_juste(siren):
            yield Faute(
                element.id,
                (champ,),
                f"Le SIREN {siren} de « {element.titre} » n'existe pas : sa clé est fausse.",
                "Recopiez-le depuis annuaire-entreprises.data.gouv.fr, ou retirez-le.",
            )
