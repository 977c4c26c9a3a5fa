"""How much of the identity customers meet, in the words of somebody who runs a brand."""

from __future__ import annotations

from charter.coverage import Counted, Coverage, Coverages, Poorest, Unknown
from charter.messages import N_
from charter.reports.names import Names
from charter.reports.words import amount
from journeys.customers import ShareBasis


class CoverageTeller:
    """Tells coverage: of values, which are felt, or of signature markers, which are met."""

    def __init__(self, coverages: Coverages, names: Names) -> None:
        self.coverages, self.names, self.speak = coverages, names, names.speak
        self.is_of_values = coverages.pillars.counted is Counted.VALUES

    def answer(self) -> str:
        """Answer whether the identity is carried, as one sentence or two."""
        speak, overall = self.speak, self.coverages.overall
        if overall.reason is Unknown.NOTHING_COUNTED:
            return speak(
                N_(
                    "That can't be said yet: no marker of the charter is a signature of the brand. "
                    "Name the signs that only this brand gives, and say which value each one shows."
                )
            )
        if overall.reason is Unknown.NO_PATH:
            return speak(
                N_(
                    "That can't be said yet: nobody can walk from an entry to an exit. Give each "
                    "journey a touchpoint where customers come in, one where they leave, and a way "
                    "between them."
                )
            )
        if overall.fewest is None:
            unknown = speak(
                N_(
                    "The poorest path isn't known: there are more combinations than can be told "
                    "apart, and nothing is guessed."
                )
            )
            return f"{self._average_alone()} {unknown}".strip()
        if overall.fewest == overall.counted:
            return self._everywhere(overall.counted)
        fewest = self._fewest(overall.fewest, overall.counted)
        if overall.average is None:
            return speak(N_("Not yet: on the poorest path {fewest}."), fewest=fewest)
        return speak(
            N_("Not yet: on the poorest path {fewest}; on average {average}."),
            fewest=fewest,
            average=self.average(overall),
        )

    def _everywhere(self, counted: int) -> str:
        if self.is_of_values:
            return self.speak.many(
                "Yes: on every path the one value of the charter is felt.",
                "Yes: on every path all {number} values are felt.",
                counted,
            )
        return self.speak.many(
            "Yes: on every path the one signature marker is met.",
            "Yes: on every path all {number} signature markers are met.",
            counted,
        )

    def _fewest(self, fewest: int, counted: int) -> str:
        all_of_them = self.speak.count(counted)
        if self.is_of_values:
            if not fewest:
                return self.speak.many(
                    "the one value isn't felt", "none of the {number} values is felt", counted
                )
            return self.speak.many(
                "{number} of {counted} values is felt",
                "{number} of {counted} values are felt",
                fewest,
                counted=all_of_them,
            )
        if not fewest:
            return self.speak.many(
                "the one signature marker isn't met",
                "none of the {number} signature markers is met",
                counted,
            )
        return self.speak.many(
            "{number} of {counted} signature markers is met",
            "{number} of {counted} signature markers are met",
            fewest,
            counted=all_of_them,
        )

    def _average_alone(self) -> str:
        overall = self.coverages.overall
        if overall.average is None:
            return ""
        told = (
            N_("On average {average} values are felt.")
            if self.is_of_values
            else N_("On average {average} signature markers are met.")
        )
        return self.speak(told, average=self.average(overall))

    def average(self, coverage: Coverage) -> str:
        """Return how many are met on average, as `3.2 of 4`; nothing where it isn't known."""
        if coverage.average is None:
            return ""
        counted = coverage.counted
        met = round(coverage.average * counted, 1)
        # Never rounded to all or to nothing.
        if 0 < coverage.average < 1:
            met = min(max(met, 0.1), counted - 0.1)
        return self.speak(
            N_("{some} of {all}"),
            some=amount(round(met, 1), self.speak),
            all=self.speak.count(counted),
        )

    def poorest(self, coverage: Coverage) -> str:
        """Return how many the poorest path meets, as `1 of 4`; why not where it isn't known."""
        if coverage.fewest is None:
            return self.speak(_REASONS[coverage.reason or Unknown.TOO_MANY])
        return self.speak(
            N_("{some} of {all}"),
            some=self.speak.count(coverage.fewest),
            all=self.speak.count(coverage.counted),
        )

    def customers(self, coverage: Coverage) -> str:
        """Return for how many customers all is met, and no more than on the poorest path."""
        speak = self.speak
        if coverage.whole is None or coverage.as_poor is None or coverage.whole == 1:
            return ""
        is_assumed = coverage.basis is ShareBasis.ASSUMED
        if self.is_of_values:
            told = (
                N_(
                    "If every choice were equally likely, all of them would be felt in {whole} of "
                    "cases, and no more than on the poorest path in {as_poor}."
                )
                if is_assumed
                else N_(
                    "{whole} of customers feel all of them; {as_poor} feel no more than on the "
                    "poorest path."
                )
            )
        else:
            told = (
                N_(
                    "If every choice were equally likely, all of them would be met in {whole} of "
                    "cases, and no more than on the poorest path in {as_poor}."
                )
                if is_assumed
                else N_(
                    "{whole} of customers meet all of them; {as_poor} meet no more than on the "
                    "poorest path."
                )
            )
        return speak(
            told, whole=speak.percent(coverage.whole), as_poor=speak.percent(coverage.as_poor)
        )

    def basis(self, coverage: Coverage) -> str:
        """Return what an average rests on, where that must be said."""
        if coverage.average is None or coverage.basis is not ShareBasis.ASSUMED:
            return ""
        return self.speak(
            N_(
                "Not every share of customers is written in the journeys: averages are told as if "
                "every choice were equally likely. The poorest path rests on no share."
            )
        )

    def bare(self) -> str:
        """Name the values that aren't counted, for nothing makes them concrete yet."""
        bare = self.coverages.pillars.bare
        if not bare or not self.is_of_values:
            return ""
        return self.speak.many(
            "Not counted: {names}, a value that no signature marker shows yet.",
            "Not counted: {names}, values that no signature marker shows yet.",
            len(bare),
            names=self.speak.all_of(self.names.quoted("value", bare)),
        )

    def whose(self, path: Poorest) -> str:
        """Return in which journey and for whom a path is the poorest."""
        return self.speak(
            N_("{journey}, for {segment}"),
            journey=self.names.of("journey", path.journey),
            segment=self.speak.quote(self.names.of("segment", path.segment)),
        )

    def missed(self, path: Poorest) -> str:
        """Name what isn't met on a path; nothing where all of it is."""
        if not path.missed:
            return ""
        told = N_("Not felt on it: {names}.") if self.is_of_values else N_("Not met: {names}.")
        return self.speak(told, names=self._named(path.missed))

    def steps(self, path: Poorest) -> list[dict[str, str]]:
        """Return a path as a table, a row a visit: where it is, and what is met there."""
        speak, names = self.speak, self.names
        setting = names.settings[path.journey]
        met = N_("Felt there") if self.is_of_values else N_("Met there")
        what = self.coverages.pillars.counted.value
        return [
            {
                speak(N_("Step")): speak.count(number),
                speak(N_("Touchpoint")): names.stop(path.journey, stop),
                speak(N_("Channel")): names.of("channel", setting.stop(stop).channel),
                speak(met): ", ".join(names.of(what, each) for each in met_there) or "–",
            }
            for number, (stop, met_there) in enumerate(zip(path.path, path.met_at, strict=True), 1)
        ]

    def rarest(self) -> str:
        """Name what is met by the fewest customers, and by how many; nothing where all meet it."""
        known = {each: share for each, share in self.coverages.met_by.items() if share is not None}
        if not known or min(known.values()) == 1:
            return ""
        rarest = min(known, key=known.__getitem__)
        is_assumed = self.coverages.overall.basis is ShareBasis.ASSUMED
        if self.is_of_values:
            told = (
                N_("Felt the least: {name}, in {share} of cases.")
                if is_assumed
                else N_("Felt the least: {name}, by {share} of customers.")
            )
        else:
            told = (
                N_("Met the least: {name}, in {share} of cases.")
                if is_assumed
                else N_("Met the least: {name}, by {share} of customers.")
            )
        return self.speak(told, name=self._named([rarest]), share=self.speak.percent(known[rarest]))

    def _named(self, pillars: list[str] | tuple[str, ...]) -> str:
        what = self.coverages.pillars.counted.value
        return self.speak.all_of(self.names.quoted(what, pillars))


_REASONS = {
    Unknown.NO_PATH: N_("no path"),
    Unknown.NOTHING_COUNTED: N_("nothing is meant for it"),
    Unknown.TOO_MANY: N_("not known"),
}
