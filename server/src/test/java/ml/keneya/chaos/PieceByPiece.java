package ml.keneya.chaos;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ml.keneya.test.Answer;

/** One bundle on its way in pieces, as tus 1.0.0 says; it can go on at another server of the same database. */
final class PieceByPiece {

    private static final String PIECE = "application/offset+octet-stream";
    private static final int BYTES_OF_A_PIECE = 100;

    private final byte[] whole;
    private final String address;
    private String outcome = "";
    private int acknowledged;

    private PieceByPiece(byte[] whole, String address) {
        this.whole = whole;
        this.address = address;
    }

    static PieceByPiece begun(ServerProcess server, String bundle) {
        byte[] whole = bundle.getBytes(StandardCharsets.UTF_8);
        Answer begun = new Clinic(server.base())
                .send(request(server.base() + "/$upload")
                        .header("Upload-Length", Integer.toString(whole.length))
                        .POST(BodyPublishers.noBody()))
                .hasStatus(201);
        return new PieceByPiece(whole, begun.header("Location").orElseThrow());
    }

    void sendHalf() {
        sendUntil(whole.length / 2);
    }

    /** A piece of which a part is on its way when {@code kill} takes the server away. */
    void breakInTheMiddleOfAPiece(Runnable kill) throws IOException {
        URI uri = URI.create(address);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String head = "PATCH " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Type: " + PIECE
                    + "\r\nTus-Resumable: 1.0.0\r\nKeneya-Facility: chaos\r\nUpload-Offset: "
                    + acknowledged + "\r\nContent-Length: " + (whole.length - acknowledged) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(whole, acknowledged, BYTES_OF_A_PIECE);
            socket.getOutputStream().flush();
            kill.run();
        }
    }

    PieceByPiece at(ServerProcess server) {
        PieceByPiece elsewhere = new PieceByPiece(whole, server.base() + address.replaceFirst(".*(?=/\\$upload)", ""));
        elsewhere.acknowledged = acknowledged;
        return elsewhere;
    }

    /** From where the server says that it is, which is not before what was acknowledged. */
    void sendTheRest() {
        Answer head = clinic().send(request(address).method("HEAD", BodyPublishers.noBody()))
                .hasStatus(200);
        int told = Integer.parseInt(head.header("Upload-Offset").orElseThrow());
        if (told < acknowledged || told > acknowledged + BYTES_OF_A_PIECE) {
            throw new IllegalStateException("Of " + acknowledged + " acknowledged bytes " + told + " are there.");
        }
        acknowledged = told;
        sendUntil(whole.length);
    }

    /** Where the outcome of the whole is told. */
    String outcome() {
        return outcome;
    }

    private void sendUntil(int end) {
        while (acknowledged < end) {
            int next = Math.min(end, acknowledged + BYTES_OF_A_PIECE);
            Answer answer = clinic().send(request(address)
                            .header("Content-Type", PIECE)
                            .header("Upload-Offset", Integer.toString(acknowledged))
                            .method("PATCH", BodyPublishers.ofByteArray(Arrays.copyOfRange(whole, acknowledged, next))))
                    .hasStatus(204);
            acknowledged = next;
            outcome = answer.header("Content-Location").orElse("");
        }
    }

    private Clinic clinic() {
        return new Clinic(address.replaceFirst("/\\$upload.*", ""));
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Tus-Resumable", "1.0.0")
                .header("Keneya-Facility", "chaos");
    }
}
