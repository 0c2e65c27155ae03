"""What Django's lookups and expressions do not say.

`among`: like `in`, for lists of any length.

`IN (…)` has a placeholder for every value: the statement is another one for each length, is parsed
in Python each time, and SQLite allows no more than so many. Here the list is one JSON parameter.
"""

from typing import Any

import orjson
from django.db.models import Field, ForeignKey, IntegerField, JSONField, Lookup, Subquery

Parts = tuple[str, tuple[str | int, ...]]


class Among(Lookup[Any]):
    """field__among=values: whether the field is one of them."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Parts:
        """For SQLite."""
        field, parameters = self.process_lhs(compiler, connection)
        found = "(SELECT value FROM json_each(%s))"
        return f"{field} IN {found}", (*parameters, self._values())

    def as_postgresql(self, compiler: Any, connection: Any) -> Parts:
        """An array of the field's own type, which its indexes can be asked for."""
        field, parameters = self.process_lhs(compiler, connection)
        kind = self.lhs.output_field.db_type(connection)
        found = f"ARRAY(SELECT json_array_elements_text(%s)::{kind})"
        return f"{field} = ANY({found})", (*parameters, self._values())

    def _values(self) -> str:
        return orjson.dumps(list(self.rhs)).decode()


class FirstOfEach(Subquery):
    """A correlated, ordered, limited subquery of `values(value=…)` as one JSON list: it reads as
    many rows by index as it returns, where a window function would read all there are."""

    template = "(SELECT jsonb_agg(first.value) FROM (%(subquery)s) AS first)"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """With SQLite's name for it."""
        template = self.template.replace("jsonb_agg", "json_group_array")
        return self.as_sql(compiler, connection, template=template)


class CountOf(Subquery):
    """How many rows a correlated subquery has: of a limited one, no more are looked at."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def install() -> None:
    """Make it known to every field."""
    Field.register_lookup(Among)
    ForeignKey.register_lookup(Among)
