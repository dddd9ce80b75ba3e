package ml.keneya.load.bench;

/** Asks one kind of search, each time about another person, place or day. */
final class Searching implements Errand {
    private final SearchShape shape;
    private final SearchShape.Posted posted;

    Searching(SearchShape shape, SearchShape.Posted posted) {
        this.shape = shape;
        this.posted = posted;
    }

    @Override
    public Request request(int number) {
        return Request.get(shape.query(new Draws(number * 31L + shape.ordinal()), posted));
    }

    @Override
    public Verdict judge(Response response) {
        return response.status() == 200
                ? Verdict.good(response.occurrences("\"fullUrl\""))
                : Verdict.fault(response.beginning());
    }
}
