package ml.keneya.fhir.guide;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import ml.keneya.fhir.Language;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /guide} and {@code /package.tgz} with files of the class path. Pages are compressed and carry an ETag,
 * because they are read over 2G; nothing on them comes from another host.
 */
class ServesGuide extends HttpServlet {

    static final String GUIDE = "/guide";
    static final String ARCHIVE = "/package.tgz";

    private static final long serialVersionUID = 1L;

    /** A browser may run and fetch what this server gives, and nothing else, not even inline. */
    private static final String ONLY_FROM_HERE = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Pattern FILE = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "json", "application/json;charset=UTF-8");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (ARCHIVE.equals(request.getServletPath())) {
            sendArchive(request, response);
        } else if (path == null || path.equals("/")) {
            sendToStart(request, response);
        } else if (path.matches("/(fr|en)/?")) {
            response.sendRedirect(request.getContextPath() + GUIDE + path.replaceAll("/$", "") + "/index.html");
        } else {
            sendFile(path, request, response);
        }
    }

    private static void sendToStart(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        response.setHeader("Vary", "Accept-Language");
        response.sendRedirect(
                request.getContextPath() + GUIDE + "/" + language.locale().getLanguage() + "/index.html");
    }

    private static void sendArchive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] archive = read(ARCHIVE);
        if (archive == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Content-Disposition", "attachment; filename=\"ml.keneya.core.tgz\"");
        send(archive, "application/gzip", request, response);
    }

    private static void sendFile(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        byte[] content = type == null ? null : read(path);
        if (type == null || content == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        send(content, type, request, response);
    }

    /** @return nothing for what is not a file of the guide; the path may not leave its folder */
    private static byte @Nullable [] read(String path) throws IOException {
        if (!FILE.matcher(path).matches() || path.contains("..")) {
            return null;
        }
        try (InputStream stream = ServesGuide.class.getResourceAsStream("site" + path)) {
            return stream == null ? null : stream.readAllBytes();
        }
    }

    private static void send(byte[] content, String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String tag = "\"" + digest(content) + "\"";
        response.setHeader("ETag", tag);
        // Asked again each time, answered with a few bytes when nothing changed: a guide of yesterday misleads.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("Content-Security-Policy", ONLY_FROM_HERE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = content;
        String accepted = String.valueOf(request.getHeader("Accept-Encoding"));
        if (accepted.contains("gzip") && type.contains("charset")) {
            body = compressed(content);
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] compressed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform provides SHA-256.", impossible);
        }
    }
}
