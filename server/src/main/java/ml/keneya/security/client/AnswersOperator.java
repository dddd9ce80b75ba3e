package ml.keneya.security.client;

import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Puts refusals of what an operator asked for into answers that the commands show. */
@RestControllerAdvice
class AnswersOperator {

    @ExceptionHandler
    ResponseEntity<Map<String, String>> answer(OperatorRefusal refused) {
        return ResponseEntity.status(refused.status()).body(Map.of("error", String.valueOf(refused.getMessage())));
    }
}
