package ml.keneya.load.generate.mali;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commune in both divisions of Mali.
 *
 * @param cercle2023 unknown for 210 communes, whose new cercle no source that we read names
 * @param people how many live there, shared out from figures for regions and cercles
 * @param localities its places, the chief one first
 */
public record Commune(
        Division commune,
        Division cercle2015,
        Division region2015,
        @Nullable Division cercle2023,
        Division region2023,
        int people,
        List<Locality> localities) {
    public Commune {
        localities = List.copyOf(localities);
    }

    public String code() {
        return commune.code();
    }

    public String name() {
        return commune.name();
    }
}
