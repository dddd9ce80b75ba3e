package ml.keneya.views.table;

/** A name in generated SQL. The only class that quotes one. */
public record Identifier(String name) {

    /** PostgreSQL cuts a longer name off without a word. */
    private static final int LONGEST = 63;

    public Identifier {
        if (name.isEmpty() || name.length() > LONGEST || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Not a name in SQL: " + name);
        }
    }

    /** The name as it stands in a statement, case kept. */
    public String quoted() {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The name within a schema. */
    public String in(Identifier schema) {
        return schema.quoted() + "." + quoted();
    }
}
