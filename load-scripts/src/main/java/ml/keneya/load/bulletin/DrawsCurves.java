package ml.keneya.load.bulletin;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.Objects;
import ml.keneya.load.agency.EpidemiologicalWeek;
import org.apache.batik.anim.dom.SVGDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.w3c.dom.Element;

/** Draws curves with JFreeChart, as SVG. Lines differ in form and in lightness, so that grey print tells them apart. */
final class DrawsCurves {
    private static final List<Color> COLOURS =
            List.of(new Color(0x0b2f42), new Color(0xb5541c), new Color(0x4f93a7), new Color(0x777777));
    private static final List<float[]> DASHES =
            List.of(new float[] {}, new float[] {7, 3}, new float[] {2, 3}, new float[] {9, 3, 2, 3});
    /** More names of weeks would overlap. */
    private static final int MOST_NAMES = 7;

    private static final Color GRID = new Color(0xdddddd);
    private static final Color ALERT = new Color(0x9c1c1c);

    private final Words words;
    private final SVGIDGenerator ids = new SVGIDGenerator();
    private final Font font = font();

    DrawsCurves(Words words) {
        this.words = words;
    }

    private static Font font() {
        String path = "/ml/keneya/load/bulletin/DejaVuSansCondensed.ttf";
        try (InputStream file = Objects.requireNonNull(DrawsCurves.class.getResourceAsStream(path), path)) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (FontFormatException damaged) {
            throw new IllegalStateException(damaged);
        }
    }

    String draw(
            String alternative,
            List<EpidemiologicalWeek> weeks,
            List<Curve> curves,
            List<Curve.Line> lines,
            Dimension size) {
        XYSeriesCollection data = new XYSeriesCollection();
        for (Curve curve : curves) {
            XYSeries series = new XYSeries(curve.name());
            for (int at = 0; at < weeks.size(); at++) {
                Count point = curve.points().get(at);
                // A gap, not a zero.
                series.add(at, point.isKnown() ? point.number() : null);
            }
            data.addSeries(series);
        }
        JFreeChart chart = new JFreeChart(null, null, plot(weeks, curves, lines, data), curves.size() > 1);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 0, 0, 6));
        if (chart.getLegend() != null) {
            chart.getLegend().setItemFont(font.deriveFont(11f));
            chart.getLegend().setBackgroundPaint(null);
            chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
            chart.getLegend().setPadding(0, 0, 0, 0);
        }
        return svg(chart, alternative, size);
    }

    private XYPlot plot(
            List<EpidemiologicalWeek> weeks, List<Curve> curves, List<Curve.Line> lines, XYSeriesCollection data) {
        NumberAxis across = new NumberAxis();
        across.setRange(-0.5, weeks.size() - 0.5);
        across.setTickUnit(new NumberTickUnit(Math.ceil((double) weeks.size() / MOST_NAMES), new WeekLabels(weeks)));
        NumberAxis up = new NumberAxis();
        up.setAutoRangeIncludesZero(true);
        double highest = curves.stream().mapToLong(Curve::highest).max().orElse(0);
        for (Curve.Line line : lines) {
            highest = Math.max(highest, line.value());
        }
        Classes steps = Classes.ofWholeNumbers(highest * 1.05);
        up.setTickUnit(new NumberTickUnit(steps.width(), words.wholeNumbers()));
        up.setRange(0, Math.max(steps.width() * 2, Math.ceil(highest * 1.12 / steps.width()) * steps.width()));
        for (NumberAxis axis : List.of(across, up)) {
            axis.setTickLabelFont(font.deriveFont(11f));
            axis.setTickLabelPaint(new Color(0x333333));
            axis.setAxisLinePaint(new Color(0x888888));
            axis.setTickMarkPaint(new Color(0x888888));
        }
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        for (int at = 0; at < curves.size(); at++) {
            renderer.setSeriesPaint(at, COLOURS.get(at % COLOURS.size()));
            renderer.setSeriesStroke(at, stroke(2f, DASHES.get(at % DASHES.size())));
            renderer.setSeriesShape(at, marker(at));
        }
        renderer.setDrawSeriesLineAsPath(false);
        XYPlot plot = new XYPlot(data, across, up, renderer);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(0.8f));
        plot.setAxisOffset(new RectangleInsets(0, 0, 0, 0));
        for (Curve.Line line : lines) {
            ValueMarker marker = new ValueMarker(line.value(), ALERT, stroke(1.2f, new float[] {5, 3}));
            marker.setLabel(line.name());
            marker.setLabelFont(font.deriveFont(10f));
            marker.setLabelPaint(ALERT);
            marker.setLabelBackgroundColor(new Color(255, 255, 255, 0));
            marker.setLabelAnchor(RectangleAnchor.TOP_LEFT);
            marker.setLabelTextAnchor(TextAnchor.BOTTOM_LEFT);
            plot.addRangeMarker(marker);
        }
        return plot;
    }

    private static BasicStroke stroke(float width, float[] dash) {
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    private static Shape marker(int at) {
        return switch (at % 3) {
            case 0 -> new Ellipse2D.Double(-2.6, -2.6, 5.2, 5.2);
            case 1 -> {
                Path2D diamond = new Path2D.Double();
                diamond.moveTo(0, -3.6);
                diamond.lineTo(3.6, 0);
                diamond.lineTo(0, 3.6);
                diamond.lineTo(-3.6, 0);
                diamond.closePath();
                yield diamond;
            }
            default -> new Rectangle2D.Double(-2.4, -2.4, 4.8, 4.8);
        };
    }

    private String svg(JFreeChart chart, String alternative, Dimension size) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(SVGDOMImplementation.getDOMImplementation()
                .createDocument(SVGDOMImplementation.SVG_NAMESPACE_URI, "svg", null));
        // Of all images of a page, because they share one space of names.
        context.setIDGenerator(ids);
        context.setPrecision(1);
        context.setComment(null);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(size);
        chart.draw(graphics, new Rectangle(size));
        Element root = graphics.getRoot();
        StringWriter text = new StringWriter();
        try {
            graphics.stream(root, text, false, false);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String shapes = text.toString();
        int begin = shapes.indexOf('>', shapes.indexOf("<svg")) + 1;
        return Svg.open(size.width, size.height, alternative)
                + SvgText.lighter(shapes.substring(begin, shapes.lastIndexOf("</svg")))
                + "</svg>";
    }

    /** Writes the place of a week on the axis as its number. */
    private final class WeekLabels extends NumberFormat {
        private static final long serialVersionUID = 1L;

        private final transient List<EpidemiologicalWeek> weeks;

        private WeekLabels(List<EpidemiologicalWeek> weeks) {
            this.weeks = weeks;
        }

        @Override
        public StringBuffer format(double number, StringBuffer text, FieldPosition position) {
            int at = (int) Math.round(number);
            return at < 0 || at >= weeks.size() ? text : text.append(words.shortWeek(weeks.get(at)));
        }

        @Override
        public StringBuffer format(long number, StringBuffer text, FieldPosition position) {
            return format((double) number, text, position);
        }

        @Override
        public Number parse(String text, ParsePosition position) {
            throw new UnsupportedOperationException("Weeks are only written");
        }
    }
}
