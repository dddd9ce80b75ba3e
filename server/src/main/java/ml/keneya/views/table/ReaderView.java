package ml.keneya.views.table;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.Identifying;
import ml.keneya.views.definition.ViewColumn;

/**
 * What people read with psql, R or Metabase: for each view one SQL view with everything in it, and one for analysis
 * that leaves out who a person is and whatever carries a sensitivity label. They keep their name when the table behind
 * them is replaced.
 */
public final class ReaderView {

    public static final Identifier PSEUDONYMISED = new Identifier("pseudonymised");
    public static final Identifier IDENTIFIED = new Identifier("identified");

    /** Members get these rights; whoever runs the database decides who they are. */
    public static final String ANALYST_ROLE = "keneya_analyst";

    public static final String IDENTIFIED_ROLE = "keneya_identified";

    private ReaderView() {}

    /** Statements that make both SQL views of the table, or send those of the same columns to it. */
    public static List<String> creation(CompiledView view, ViewTable table) {
        List<String> statements = new ArrayList<>();
        statements.add("create or replace view %s as select %s from %s"
                .formatted(
                        qualified(IDENTIFIED, view.name()),
                        String.join(
                                ", ",
                                view.columns().stream().map(ReaderView::plain).toList()),
                        table.qualified()));
        // A barrier, so that a function of the reader's own never sees rows that the condition hides.
        statements.add("""
                create or replace view %s with (security_barrier) as
                select %s
                from %s cross join (select key as "_key" from keneya.pseudonym_key) as "_pseudonym"
                where %s
                """.formatted(
                        qualified(PSEUDONYMISED, view.name()),
                        String.join(", ", pseudonymised(view.columns())),
                        table.qualified(),
                        SensitiveLabels.absentFrom()));
        for (Identifier schema : List.of(PSEUDONYMISED, IDENTIFIED)) {
            statements.add(comment("view " + qualified(schema, view.name()), view.description()));
            for (ViewColumn column : view.columns()) {
                if (schema.equals(IDENTIFIED) || column.identifying() != Identifying.OMIT) {
                    statements.add(comment(
                            "column " + qualified(schema, view.name()) + "." + new Identifier(column.name()).quoted(),
                            column.description()));
                }
            }
        }
        return statements;
    }

    /** Statements that let the members of a role read; only where the role exists. */
    public static List<String> grants(String viewName, String role) {
        Identifier schema = role.equals(IDENTIFIED_ROLE) ? IDENTIFIED : PSEUDONYMISED;
        String reader = new Identifier(role).quoted();
        return List.of(
                "grant usage on schema " + schema.quoted() + " to " + reader,
                "grant select on " + qualified(schema, viewName) + " to " + reader);
    }

    public static List<String> removal(String viewName) {
        return List.of(
                "drop view if exists " + qualified(PSEUDONYMISED, viewName),
                "drop view if exists " + qualified(IDENTIFIED, viewName));
    }

    private static String qualified(Identifier schema, String view) {
        return new Identifier(view).in(schema);
    }

    private static String plain(ViewColumn column) {
        return new Identifier(column.name()).quoted();
    }

    private static List<String> pseudonymised(List<ViewColumn> columns) {
        List<String> shown = new ArrayList<>();
        for (ViewColumn column : columns) {
            String name = plain(column);
            switch (column.identifying()) {
                case NO -> shown.add(name);
                case KEY -> shown.add(pseudonym(name) + " as " + name);
                case MONTH -> shown.add("left(" + name + "::text, 7) as " + name);
                case OMIT -> {
                    // Not shown at all.
                }
            }
        }
        return shown;
    }

    /** The same for the same id in every view, and not to be found without the key. */
    private static String pseudonym(String name) {
        return "left(encode(sha256(\"_key\" || convert_to(" + name + ", 'UTF8')), 'hex'), 32)";
    }

    private static String comment(String on, String text) {
        return "comment on " + on + " is '" + text.replace("'", "''") + "'";
    }
}
