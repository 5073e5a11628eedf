"""The financing model as a workbook: every sum is a formula, with its value for who reads without calculating."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from smde.arbre import Document
from smde.ecriture import majuscule, typographie
from smde.edition import Edition, seulement
from smde.libelles import mot
from smde.model.champ import Diffusion
from smde.model.identite import Livrable
from smde.model.schema import FINANCEMENT_ACQUIS, EtatFinancement
from smde.outputs.classeur import Cellule, Colonne, Feuille, Formule, Rangee, classeur, noms_de_feuilles
from smde.outputs.legende import LEGENDE, legende
from smde.outputs.outil import deposit
from smde.refus import Refus
from smde.views.maquette import TOLERANCE, Bilan, Ligne, Maquette, Regime, contrats, maquette, regime

SYNTHESE, COUTS, PLAN, FINANCEURS = "Synthèse", "Coûts", "Plan de financement", "Financeurs"
ID = Colonne("id", "Identifiant", 13, "id")
ACTION = Colonne("action", "Action", 44)
ETAT = Colonne("etat", "État", 15)
TAXE = Colonne("taxe", "Taxe", 7)
MONTANTS = Colonne("montants", "Montants", 11)
_REFUSE = majuscule(mot(EtatFinancement.refuse))
_COMPTE = f'"<>{_REFUSE}"'
"""The criterion that leaves refused shares out."""
_SECURISES = ",".join(f'"{majuscule(mot(etat))}"' for etat in EtatFinancement if etat in FINANCEMENT_ACQUIS)
_ACQUIS = f"{{{_SECURISES}}}"
_NUL = Decimal(0)


def write(document: Document, target: Path, edition: Edition, livrable: Livrable) -> None:
    """Make the workbook of this livrable at `target`; raises what `contenu` raises."""
    deposit(target, contenu(document, edition, livrable))


def contenu(document: Document, edition: Edition, livrable: Livrable) -> bytes:
    """The workbook of this livrable: the same bytes for the same edition.

    `document` says what surrounds it (title, version, standing). Raises TypeError on anything but an edition, and
    `Refus` on ids that a spreadsheet would take for one another.
    """
    donnees = maquette(seulement(edition), livrable)
    modele = _Modele(document, edition, donnees)
    return classeur(document, modele.feuilles(), legende(edition, livrable, donnees))


class _Modele:
    """The sheets of amounts."""

    def __init__(self, document: Document, edition: Edition, donnees: Maquette) -> None:
        self.document, self.edition, self.donnees = document, edition, donnees
        self.titres = {ident: typographie(element.titre) for ident, element in edition.elements.items()}
        self.acteur = edition.identite.acteur
        self.propre = f"Part de {typographie(edition.identite.titre)}"
        lines: list[Ligne] = [*donnees.depenses, *donnees.parts]
        amounts = (amount for line in lines for amount in line.montants)
        self.argent = "centimes" if any(amount % 1 for amount in amounts) else "euros"
        _refuse_twins(dict.fromkeys(ident for ident, _ in donnees.actions))
        _refuse_twins(dict.fromkeys(ident for ident, _ in donnees.financeurs))

    def feuilles(self) -> list[Feuille]:
        """Every sheet of amounts, in order."""
        taken = (SYNTHESE, COUTS, PLAN, FINANCEURS, LEGENDE)
        noms = noms_de_feuilles({ident: self.titres[ident] for ident, _ in self.donnees.financeurs}, taken)
        own = [self._financeur(ident, nom) for ident, nom in noms.items()]
        return [self._synthese(), self._couts(), self._plan(), self._financeurs(), *own]

    @property
    def remarque(self) -> str:
        """What the reader of any sheet must know of its amounts."""
        if not self.donnees.totaux:
            return "Aucune action n’est chiffrée dans cette édition."
        words = []
        if any(r.illustratif for r in self.donnees.totaux):
            words.append("Montants illustratifs : ni votés, ni demandés, ni promis ; jamais additionnés à des réels.")
        if self.edition.diffusion is Diffusion.public:
            words.append("Seules les parts acquises sont publiées : un écart n’est pas un déséquilibre.")
        elif self.edition.diffusion is Diffusion.partenaires:
            words.append(
                "Une part qui ne peut être dite à ces lecteurs n’est pas ici : un écart n’est pas un déséquilibre."
            )
        return typographie(" ".join(words))

    def _synthese(self) -> Feuille:
        years = [*self._annees("cout_", "Coût ", "Coût total"), *self._annees("plan_", "Plan ", "Plan total")]
        balance = [Colonne("ecart", "Écart (plan − coût)", 14, self.argent), Colonne("equilibre", "Équilibre", 12)]
        own = [Colonne("propre", self.propre, 14, self.argent), Colonne("taux", "Soit", 9, "part")]
        feuille = Feuille(
            SYNTHESE,
            typographie(self.document.titre),
            [ID, ACTION, TAXE, MONTANTS, *years, *balance, *(own if self.acteur else [])],
            self.remarque,
            marque=("ecart", f"ABS({{}})>{TOLERANCE}"),
        )
        names = [*self._cles("cout_"), *self._cles("plan_"), "propre"]
        here = {"id": "A", "taxe": "C", "montants": "D"}
        for (ident, r), bilan in self.donnees.actions.items():
            row = feuille.ligne_suivante
            sums = {f"cout_{cle}": _somme("couts", cle, row, **here) for cle in self._cles()}
            sums |= {f"plan_{cle}": _somme("plan", cle, row, **here, etat=_COMPTE) for cle in self._cles()}
            sums["propre"] = _somme("plan", "total", row, **here, etat=_COMPTE, financeur=f'"{self.acteur}"')
            cells = {"id": ident, "action": self.titres[ident], **self._bilan(feuille, row, r, bilan, sums)}
            feuille.lignes.append(Rangee(cells, r.illustratif))
        for r, bilan in self.donnees.totaux.items():
            row = feuille.total_suivant
            sums = {cle: _du_regime(feuille, cle, row) for cle in names if cle != "propre" or self.acteur}
            cells = {"action": "Total", **self._bilan(feuille, row, r, bilan, sums)}
            feuille.totaux.append(Rangee(cells, r.illustratif))
        return feuille

    def _bilan(
        self, feuille: Feuille, row: int, r: Regime, bilan: Bilan, sums: Mapping[str, str]
    ) -> dict[str, Cellule]:
        """Cost and plan by year, what is lacking, what the authority brings; `sums` are the formulas by column."""
        at = feuille.lettre
        cout, plan, ecart = (f"{at(cle)}{row}" for cle in ("cout_total", "plan_total", "ecart"))
        none = "Sans plan" if self.edition.diffusion is Diffusion.interne else "Aucune part"
        words = "Écart" if abs(bilan.ecart) > TOLERANCE else "Équilibré"
        words = "Sans coût" if not bilan.cout else words if bilan.plan else none
        said = f'IF({cout}=0,"Sans coût",IF({plan}=0,"{none}",IF(ABS({ecart})>{TOLERANCE},"Écart","Équilibré")))'
        values = {**self._valeurs("cout_", bilan.couts), **self._valeurs("plan_", bilan.parts)}
        cells: dict[str, Cellule] = {
            **_regime(r),
            **{cle: Formule(sums[cle], value) for cle, value in values.items()},
            **{cle: self._en_ligne(feuille, cle, row, values[cle]) for cle in ("cout_total", "plan_total")},
            "ecart": Formule(f"ROUND({plan}-{cout},2)", bilan.ecart),
            "equilibre": Formule(said, words),
        }
        if self.acteur:
            cells["propre"] = Formule(sums["propre"], bilan.collectivite)
            cells["taux"] = _taux(f"{at('propre')}{row}", plan, bilan.collectivite, bilan.plan)
        return cells

    def _couts(self) -> Feuille:
        poste, section = Colonne("poste", "Poste de dépense", 36), Colonne("section", "Section", 15)
        colonnes = [ID, ACTION, poste, section, ETAT, TAXE, MONTANTS, *self._annees("", "", "Total")]
        feuille = Feuille(COUTS, "Coûts par poste", colonnes, self.remarque, "couts")
        for depense in self.donnees.depenses:
            cells = self._ligne(feuille, depense)
            cells["poste"] = typographie(depense.poste)
            cells["section"] = majuscule(mot(depense.section)) if depense.section else None
            feuille.lignes.append(Rangee(cells, depense.illustratif))
        for r, bilan in self.donnees.totaux.items():
            self._total(feuille, "Total", r, bilan.couts)
        return feuille

    def _plan(self) -> Feuille:
        payer = [Colonne("financeur", "Identifiant du financeur", 17, "id"), Colonne("nom", "Financeur", 24)]
        carried = [" ; ".join(self.titres[c.id] for c in contrats(self.edition, part)) for part in self.donnees.parts]
        contrat = [Colonne("contrat", "Contrat ou dispositif", 24)] if any(carried) else []
        around = [*payer, ETAT, TAXE, MONTANTS, *contrat]
        colonnes = [ID, ACTION, *around, *self._annees("", "", "Total"), Colonne("taux", "Part du plan", 10, "part")]
        feuille = Feuille(PLAN, "Qui paie, action par action", colonnes, self.remarque, "plan")
        for part, cadres in zip(self.donnees.parts, carried, strict=True):
            cells, row = self._ligne(feuille, part), feuille.ligne_suivante
            cells |= {"financeur": part.financeur, "nom": self.titres[part.financeur], "contrat": cadres or None}
            counted = _NUL if part.etat is EtatFinancement.refuse else part.total
            one = f'IF(E{row}="{_REFUSE}",0,{feuille.lettre("total")}{row})'
            whole = _somme("plan", "total", row, id="A", taxe="F", montants="G", etat=_COMPTE)
            cells["taux"] = _taux(one, whole, counted, self.donnees.actions[part.action.id, regime(part)].plan)
            feuille.lignes.append(Rangee(cells, part.illustratif))
        for r, bilan in self.donnees.totaux.items():
            self._totaux_du_plan(feuille, r, bilan)
        return feuille

    def _totaux_du_plan(self, feuille: Feuille, r: Regime, bilan: Bilan) -> None:
        """State by state, all together, what the authority brings of it; then the cost, and what is lacking."""
        at = feuille.lettre
        self._par_etat(feuille, r, self.donnees.etats.get(r, {}))
        plan = self._total(feuille, "Total hors refus", r, bilan.parts, etat=_COMPTE)
        own = self.donnees.financeurs.get((self.acteur or "", r))
        if own is not None:
            row = feuille.total_suivant
            share = _taux(f"{at('total')}{row}", f"{at('total')}{plan}", own.plan, bilan.plan)
            only = {"etat": _COMPTE, "financeur": f'"{self.acteur}"'}
            self._total(feuille, self.propre, r, own.parts, {"taux": share}, **only)
        row = feuille.total_suivant
        costs = self._valeurs("", bilan.couts)
        cells = {cle: Formule(_somme("couts", cle, row, taxe="F", montants="G"), v) for cle, v in costs.items()}
        feuille.totaux.append(Rangee({"action": "Coût", **_regime(r), **cells}, r.illustratif))
        gaps = {cle: value - costs[cle] for cle, value in self._valeurs("", bilan.parts).items()}
        cells = {cle: Formule(f"ROUND({at(cle)}{plan}-{at(cle)}{row},2)", gap) for cle, gap in gaps.items()}
        feuille.totaux.append(Rangee({"action": "Écart (plan − coût)", **_regime(r), **cells}, r.illustratif))

    def _financeurs(self) -> Feuille:
        nom, acquis = Colonne("action", "Financeur", 44), Colonne("acquis", "Dont acquis", 14, self.argent)
        taux = Colonne("taux", "Part des plans", 10, "part")
        colonnes = [ID, nom, TAXE, MONTANTS, *self._annees("", "", "Total hors refus"), acquis, taux]
        feuille = Feuille(FINANCEURS, "Qui paie, tous financements réunis", colonnes, self.remarque)
        here, at = {"financeur": "A", "taxe": "C", "montants": "D"}, feuille.lettre
        for (ident, r), bilan in self.donnees.financeurs.items():
            row = feuille.ligne_suivante
            values = self._valeurs("", bilan.parts)
            cells: dict[str, Cellule] = {"id": ident, "action": self.titres[ident], **_regime(r)}
            cells |= {cle: Formule(_somme("plan", cle, row, **here, etat=_COMPTE), v) for cle, v in values.items()}
            cells["total"] = self._en_ligne(feuille, "total", row, bilan.plan)
            secured = _somme("plan", "total", row, **here, etat=_ACQUIS)
            cells["acquis"] = Formule(f"SUMPRODUCT({secured})", bilan.acquis)
            paid = _somme("plan", "total", row, taxe="C", montants="D", etat=_COMPTE)
            cells["taux"] = _taux(f"{at('total')}{row}", paid, bilan.plan, self.donnees.totaux[r].plan)
            feuille.lignes.append(Rangee(cells, r.illustratif))
        for r in dict.fromkeys(r for _, r in self.donnees.financeurs):
            bilan = self.donnees.totaux[r]
            whole = Formule(_du_regime(feuille, "acquis", feuille.total_suivant), bilan.acquis)
            self._total(feuille, "Total", r, bilan.parts, {"acquis": whole})
        return feuille

    def _financeur(self, ident: str, nom: str) -> Feuille:
        cout, taux = Colonne("cout", "Coût de l’action", 14, self.argent), Colonne("taux", "Taux", 9, "part")
        colonnes = [ID, ACTION, ETAT, TAXE, MONTANTS, *self._annees("", "", "Total"), cout, taux]
        feuille = Feuille(nom, f"{self.titres[ident]} : parts attendues et acquises", colonnes, self.remarque)
        here, at = {"id": "A", "taxe": "D", "montants": "E"}, feuille.lettre
        for part in self.donnees.parts:
            if part.financeur != ident:
                continue
            cells, row = self._ligne(feuille, part), feuille.ligne_suivante
            only = {**here, "etat": "C", "financeur": f'"{ident}"'}
            for cle, value in self._valeurs("", part.montants).items():
                cells[cle] = Formule(_somme("plan", cle, row, **only), value)
            cells["total"] = self._en_ligne(feuille, "total", row, part.total)
            whole = self.donnees.actions[part.action.id, regime(part)].cout
            cells["cout"] = Formule(_somme("couts", "total", row, **here), whole)
            cells["taux"] = _taux(f"{at('total')}{row}", f"{at('cout')}{row}", part.total, whole)
            feuille.lignes.append(Rangee(cells, part.illustratif))
        for (other, r), bilan in self.donnees.financeurs.items():
            if other == ident:
                self._par_etat(feuille, r, self.donnees.etats_par_financeur[ident, r])
                self._total(feuille, "Total hors refus", r, bilan.parts, etat=_COMPTE)
        return feuille

    def _cles(self, prefixe: str = "") -> list[str]:
        """The columns of the years, then of their total."""
        return [*(f"{prefixe}{annee}" for annee in self.donnees.annees), f"{prefixe}total"]

    def _annees(self, prefixe: str, titre: str, total: str) -> list[Colonne]:
        titres = [*(f"{titre}{annee}" for annee in self.donnees.annees), total]
        return [Colonne(cle, words, 13, self.argent) for cle, words in zip(self._cles(prefixe), titres, strict=True)]

    def _valeurs(self, prefixe: str, montants: Sequence[Decimal]) -> dict[str, Decimal]:
        """The amounts of the years and their total, by column."""
        return dict(zip(self._cles(prefixe), [*montants, sum(montants, _NUL)], strict=True))

    def _en_ligne(self, feuille: Feuille, total: str, row: int, valeur: Decimal) -> Formule:
        """The years of a row summed."""
        *years, _ = (feuille.lettre(cle) for cle in self._cles(total.removesuffix("total")))
        return Formule(f"SUM({years[0]}{row}:{years[-1]}{row})", valeur)

    def _ligne(self, feuille: Feuille, ligne: Ligne) -> dict[str, Cellule]:
        """What costs and shares have in common; a year without amount stays empty."""
        cells: dict[str, Cellule] = {"id": ligne.action.id, "action": self.titres[ligne.action.id]}
        values = self._valeurs("", ligne.montants)
        cells |= {
            "etat": majuscule(mot(ligne.etat)),
            **_regime(regime(ligne)),
            **{k: v or None for k, v in values.items()},
        }
        return cells | {"total": self._en_ligne(feuille, "total", feuille.ligne_suivante, values["total"])}

    def _par_etat(self, feuille: Feuille, r: Regime, etats: Mapping[EtatFinancement, Bilan]) -> None:
        """A row for each state that is counted, where there are several."""
        counted = {etat: bilan for etat, bilan in etats.items() if etat is not EtatFinancement.refuse}
        for etat, bilan in counted.items() if len(counted) > 1 else ():
            words = majuscule(mot(etat))
            self._total(feuille, "Dont parts dans cet état", r, bilan.parts, {"etat": words}, etat=f'"{words}"')

    def _total(
        self,
        feuille: Feuille,
        words: str,
        r: Regime,
        amounts: Sequence[Decimal],
        more: Mapping[str, Cellule] | None = None,
        **criteres: str,
    ) -> int:
        """The lines of one regime summed by year, only those that meet these criteria; gives the row."""
        row = feuille.total_suivant
        values = self._valeurs("", amounts)
        sums = {cle: Formule(_du_regime(feuille, cle, row, **criteres), value) for cle, value in values.items()}
        feuille.totaux.append(Rangee({"action": words, **_regime(r), **sums, **(more or {})}, r.illustratif))
        return row


def _regime(r: Regime) -> dict[str, Cellule]:
    return {"taxe": r.taxe.value, "montants": "Illustratifs" if r.illustratif else "Réels"}


def _somme(lignes: str, cle: str, row: int, **criteres: str) -> str:
    """A column of the sheet whose lines have this prefix, summed where others are as in the cells of a row.

    A criterion is the letter of a column of that row, else what a formula says.
    """
    where = (f",{lignes}_{name},{f'${asked}{row}' if asked.isalpha() else asked}" for name, asked in criteres.items())
    return f"SUMIFS({lignes}_{cle}{''.join(where)})"


def _du_regime(feuille: Feuille, cle: str, row: int, **criteres: str) -> str:
    """A column of a sheet summed over its lines of the regime of a row."""
    asked = {name: f"${feuille.lettre(name)}{row}" for name in ("taxe", "montants")} | criteres
    return f"SUMIFS({feuille.zone(cle)}{''.join(f',{feuille.zone(name)},{value}' for name, value in asked.items())})"


def _taux(part: str, whole: str, value: Decimal, over: Decimal) -> Formule:
    """The share of a whole; none of nothing."""
    return Formule(f"IF({whole}=0,0,{part}/{whole})", value / over if over else _NUL)


def _refuse_twins(idents: Iterable[str]) -> None:
    known: dict[str, str] = {}
    for ident in idents:
        twin = known.setdefault(ident.casefold(), ident)
        if twin != ident:
            raise Refus(
                f"La maquette n’est pas faite : « {twin} » et « {ident} » ne diffèrent que par les majuscules, "
                "qu’un tableur ne distingue pas. Changez l’un de ces identifiants."
            )
