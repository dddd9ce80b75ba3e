package ml.keneya.security.token;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Has tokens signed with other keys, when an operator wants it; the door is guarded for everything below it. */
@RestController
class RotatesKeys {

    private final SigningKeys keys;

    RotatesKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @PostMapping("/operator/keys/rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rotate() {
        keys.rotate();
    }
}
