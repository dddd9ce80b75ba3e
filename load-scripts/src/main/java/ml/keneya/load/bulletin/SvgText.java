package ml.keneya.load.bulletin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes what Batik writes shorter: it says on each shape what is the same for all, and clips what lies inside anyway.
 * Nothing with an id is left, because all images of a page share one space of names.
 */
final class SvgText {
    private static final Pattern SPACE = Pattern.compile("\\s*\\n\\s*(/?>)");
    private static final Pattern BETWEEN = Pattern.compile(">\\s+<");
    private static final Pattern CLIPS = Pattern.compile("<defs[^>]*/>|<defs.*?</defs>", Pattern.DOTALL);
    private static final Pattern CLIPPED = Pattern.compile(" clip-path=\"[^\"]*\"");
    private static final Pattern COMMON = Pattern.compile(
            " (?:font-family=\"[^\"]*\"|font-family='[^']*'|text-rendering=\"[^\"]*\"|xml:space=\"[^\"]*\""
                    + "|stroke-miterlimit=\"[^\"]*\"|stroke-linejoin=\"miter\"|stroke-linecap=\"square\")");
    private static final Pattern COLOUR = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");

    private SvgText() {}

    static String lighter(String shapes) {
        String text = SPACE.matcher(shapes).replaceAll("$1");
        text = CLIPS.matcher(text).replaceAll("");
        text = CLIPPED.matcher(text).replaceAll("");
        text = COMMON.matcher(text).replaceAll("");
        text = BETWEEN.matcher(text).replaceAll("><");
        return COLOUR.matcher(text).replaceAll(SvgText::hexadecimal);
    }

    private static String hexadecimal(java.util.regex.MatchResult colour) {
        return Matcher.quoteReplacement(String.format(
                "#%02x%02x%02x",
                Integer.parseInt(colour.group(1)),
                Integer.parseInt(colour.group(2)),
                Integer.parseInt(colour.group(3))));
    }
}
