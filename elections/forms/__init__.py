"""Forms of elections."""

from elections.forms.elections import AnnulForm, ElectionForm, NominationForm, RollForm, StatementForm

__all__ = ["AnnulForm", "ElectionForm", "NominationForm", "RollForm", "StatementForm"]
