"""Forms of elections."""

from committees.forms.elections import AnnulForm, ElectionForm, NominationForm, RollForm, StatementForm

__all__ = ["AnnulForm", "ElectionForm", "NominationForm", "RollForm", "StatementForm"]
