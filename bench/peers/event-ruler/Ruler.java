import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** event-ruler: the rules of each query, events one by one; one thread. */
public final class Ruler {
    private static final int WARM = 2;
    private static final int PASSES = 5;

    private Ruler() {
    }

    private static Machine compile(JsonNode query) throws Exception {
        Machine machine = new Machine();
        int name = 0;
        for (JsonNode rule : query.get("rules")) {
            machine.addRule("rule" + name++, rule.asText());
        }
        return machine;
    }

    private static long[] pass(Machine machine, List<String> lines) throws Exception {
        long events = 0;
        long hits = 0;
        long start = System.nanoTime();
        for (String line : lines) {
            int found = machine.rulesForJSONEvent(line).size();
            events += found > 0 ? 1 : 0;
            hits += found;
        }
        return new long[] {System.nanoTime() - start, events, hits};
    }

    private static void measure(JsonNode query, List<String> lines) throws Exception {
        Machine machine = compile(query);
        long[] samples = new long[PASSES];
        long[] last = null;
        for (int i = -WARM; i < PASSES; i++) {
            last = pass(machine, lines);
            if (i >= 0) {
                samples[i] = last[0];
            }
        }
        Arrays.sort(samples);
        System.out.printf("%s\t%.9f\t%d\t%d%n", query.get("id").asText(), samples[PASSES / 2] / 1e9, last[1], last[2]);
    }

    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(Path.of(arguments[0], "queries.jsonl"))) {
            JsonNode query = mapper.readTree(line);
            if (query.get("rules").isEmpty()) {
                System.out.printf("%s\t-\tno event pattern%n", query.get("id").asText());
            } else {
                measure(query, Files.readAllLines(Path.of(arguments[0], query.get("data").asText())));
            }
        }
    }
}
