package ml.keneya.views.upkeep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.table.Identifier;
import ml.keneya.views.table.ViewTable;

/** A compiled view and the table that holds its rows. */
public record MaintainedView(String tableName, CompiledView view, ViewTable table) {

    /**
     * Raised when the same definition gives other rows or another table than before, so that every table is built anew.
     */
    private static final int COMPILER = 1;

    static MaintainedView of(String tableName, CompiledView view) {
        return new MaintainedView(tableName, view, new ViewTable(new Identifier(tableName), view.columns()));
    }

    static String digest(CompiledView view) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((COMPILER + " " + view.source()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform provides SHA-256.", impossible);
        }
    }
}
