"""Texte validé altéré.

`decider` garde, avec chaque décision, les textes qu'elle a validés, dans `data/demarche/textes-valides/`. Chacun est
rangé sous l'empreinte qui le prouve. Un texte qui n'a plus cette empreinte n'est plus celui qui a été validé : ce
fichier ne se corrige pas à la main.

Refusé

```yaml
data/demarche/textes-valides/decision-enjeux.json: |
  {"contrat": "smde-textes-valides/1",
   "textes": {
    "aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23": {
     "constats": ["vacance-tertiaire"], "diffusion": 0, "id": "attirer", "titre": "Attirer des habitants"}}}
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - element: attirer
        empreinte: aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage, decision: decision-enjeux}
```

Accepté

```yaml
data/demarche/textes-valides/decision-enjeux.json: |
  {"contrat": "smde-textes-valides/1",
   "textes": {
    "aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23": {
     "constats": ["vacance-tertiaire"], "diffusion": 0, "id": "attirer", "titre": "Attirer de nouveaux habitants"}}}
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - element: attirer
        empreinte: aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage, decision: decision-enjeux}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every text kept that no longer has the fingerprint it is kept under."""
    for texte in dossier.textes_valides:
        if texte.donnees is None:
            yield Faute(
                texte.place.path,
                (),
                f"Le texte gardé sous l'empreinte « {texte.empreinte[:12]} » ne l'a plus : il a été changé depuis que "
                "`decider` l'a écrit.",
                "Reprenez le fichier tel qu'il était : l'historique de git le garde. Si l'original est perdu, retirez "
                "ce texte : la décision garde son empreinte, la différence ne se montrera plus.",
                texte.place,
            )
