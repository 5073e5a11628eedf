"""Chiffre incomplet.

Un nombre sans source, sans date ou sans périmètre est inutilisable : on ne peut ni le vérifier, ni le comparer. « 410
000 habitants » ne décrit pas le même territoire selon que l'on compte 89 ou 103 communes. La population d'un
territoire suit la même exigence.

Refusé

```yaml
strategy/diagnostic.yml: |
  - id: locaux-vides
    titre: Un local de bureaux sur dix est vide
    diffusion: public
    theme: foncier
    nature: faiblesse
    preuves:
      - {par: chiffre, libelle: Taux de vacance des bureaux, valeur: 10, unite: "%"}
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: locaux-vides
    titre: Un local de bureaux sur dix est vide
    diffusion: public
    theme: foncier
    nature: faiblesse
    preuves:
      - par: chiffre
        libelle: Taux de vacance des bureaux
        valeur: 10
        unite: "%"
        millesime: 2022
        territoire: pays
        source: agence-2023
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Chemin, Dossier
from smde.ecriture import enumeration
from smde.model.mesures import Territoire
from smde.model.strategie import Constat, PreuveChiffre
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"
_MOTS = {"source": "source", "millesime": "millésime", "territoire": "périmètre"}


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every number without source, vintage or perimeter."""
    for constat in dossier.tous(Constat):
        for rang, preuve in enumerate(constat.preuves):
            if isinstance(preuve, PreuveChiffre) and not (preuve.millesime and preuve.territoire and preuve.source):
                manques = [nom for nom in _MOTS if not getattr(preuve, nom)]
                yield _faute(constat.id, ("preuves", rang), f"Le chiffre « {preuve.libelle} » est donné", manques)
    for territoire in dossier.tous(Territoire):
        if territoire.population is not None and not (territoire.millesime and territoire.source):
            manques = [nom for nom in ("source", "millesime") if not getattr(territoire, nom)]
            if not illisible(dossier, territoire.id, *manques):
                sujet = f"La population de « {territoire.titre} » est donnée"
                yield _faute(territoire.id, ("population",), sujet, manques)


def _faute(ident: str, chemin: Chemin, sujet: str, manques: list[str]) -> Faute:
    return Faute(
        ident,
        chemin,
        f"{sujet} sans {enumeration([_MOTS[nom] for nom in manques], 'ni')}.",
        f"Ajoutez {enumeration([f'`{nom}`' for nom in manques])}, ou retirez le nombre.",
    )
