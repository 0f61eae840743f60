package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.Reach;
import holter.server.ssh.SshScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A script that connects to each broker from where it runs and asks it for its ApiVersions, all at
 * once: with Python where that is there, else with bash. It measures by its own clock and prints
 * what came of each step; judging is done here.
 */
final class VantageScript {
  /**
   * ApiVersions version 0 of client "holter": the question that every broker since 0.10 answers.
   */
  private static final String QUESTION = "00000010001200004c54484f0006686f6c746572";

  /** The number in it that an answer must bring back. */
  private static final String CORRELATION = QUESTION.substring(16, 24);

  private VantageScript() {}

  private static final String PYTHON =
      """
      import sys, socket, threading, time, binascii
      mark, wait, ask, targets = sys.argv[1], float(sys.argv[2]), sys.argv[3], sys.argv[4:]
      lock = threading.Lock()
      def say(*words):
          with lock:
              sys.stdout.write(mark + ' ' + ' '.join(str(w) for w in words) + '\\n')
              sys.stdout.flush()
      def knock(broker, host, port):
          try:
              found = socket.getaddrinfo(host, int(port), 0, socket.SOCK_STREAM)[0]
          except socket.error:
              return say(broker, 'unresolved')
          s = socket.socket(found[0], socket.SOCK_STREAM)
          began = time.time()
          connected = False
          try:
              s.settimeout(wait)
              s.connect(found[4])
              say(broker, 'connected', '%.3f' % ((time.time() - began) * 1000))
              connected = True
              if ask == '-':
                  return
              asked = time.time()
              s.sendall(binascii.unhexlify(ask))
              got = b''
              while len(got) < 8:
                  left = began + wait - time.time()
                  if left <= 0:
                      return
                  s.settimeout(left)
                  more = s.recv(8 - len(got))
                  if not more:
                      return say(broker, 'closed')
                  got += more
              answer = binascii.hexlify(got).decode()
              say(broker, 'answered', '%.3f' % ((time.time() - asked) * 1000), answer[8:])
          except socket.timeout:
              pass
          except socket.error as e:
              if connected:
                  say(broker, 'closed')
              elif e.errno == 111:
                  say(broker, 'refused')
      threads = []
      for t in targets:
          broker, host, port = t.split(',')
          threads.append(threading.Thread(target=knock, args=(broker, host, port)))
      for t in threads:
          t.daemon = True
          t.start()
      end = time.time() + wait + 0.3
      for t in threads:
          t.join(max(0, end - time.time()))
      say('end')
      """;

  /**
   * Each knock is a shell of its own, ended by another when its time is over. Bash tells why a
   * connect failed in its own words only, so another bash tries it before the one that is timed.
   */
  private static final String BASH =
      """
      mark=$1; wait=$2; ask=$3; shift 3
      limit=; command -v timeout >/dev/null 2>&1 && limit="timeout $wait"
      ms() { if [ -n "$EPOCHREALTIME" ]; then t=${EPOCHREALTIME/[.,]/}; echo $((t / 1000)); else
        date +%s%3N; fi; }
      knock() {
        export LC_ALL=C
        if ! said=$($limit bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$2" "$3" 2>&1); then
          case "$said" in
            *refused*) echo "$mark $1 refused" ;;
            *not\\ known*|*resolution*|*No\\ address*) echo "$mark $1 unresolved" ;;
          esac
          return
        fi
        began=$(ms)
        exec 3<>"/dev/tcp/$2/$3" || return
        echo "$mark $1 connected $(($(ms) - began))"
        [ "$ask" = - ] && return
        asked=$(ms)
        printf '%b' "$(echo "$ask" | sed 's/../\\\\x&/g')" >&3
        got=$($limit head -c 8 <&3 | od -An -tx1 | tr -d ' \\n')
        took=$(($(ms) - asked))
        if [ ${#got} -ge 16 ]; then
          echo "$mark $1 answered $took ${got:8}"
        elif [ $took -lt $((wait * 1000 - 100)) ]; then
          echo "$mark $1 closed"
        fi
      }
      pids=
      for t; do
        IFS=, read -r broker host port <<< "$t"
        knock "$broker" "$host" "$port" 2>/dev/null &
        pids="$pids $!"
      done
      ( sleep $((wait + 1)); kill -9 $pids ) >/dev/null 2>&1 &
      timer=$!
      for p in $pids; do wait "$p" 2>/dev/null; done
      kill $timer 2>/dev/null
      echo "$mark end"
      exit 0
      """;

  /**
   * @param waitS what one broker is waited for
   * @param ask whether they are asked; else they are only connected to
   */
  static String text(String mark, List<BrokerNode> brokers, int waitS, boolean ask) {
    var words = new StringBuilder();
    words.append(' ').append(mark).append(' ').append(waitS);
    words.append(' ').append(ask ? QUESTION : "-");
    for (BrokerNode broker : brokers) {
      String target = broker.id() + "," + broker.host() + "," + broker.port();
      words.append(' ').append(SshScript.quoted(target));
    }
    return "if command -v python3 >/dev/null 2>&1; then exec python3 -c "
        + SshScript.quoted(PYTHON)
        + words
        + "; elif command -v bash >/dev/null 2>&1; then exec bash -c "
        + SshScript.quoted(BASH)
        + " bash"
        + words
        + "; else printf '%s nothing\\n' "
        + mark
        + "; fi";
  }

  /**
   * What it printed.
   *
   * @param knocks by broker
   * @param able whether anything was there that could ask
   */
  record Told(Map<Integer, Knock> knocks, boolean able) {}

  static Told read(String printed, String mark, List<BrokerNode> brokers) {
    var connected = new HashMap<Integer, Double>();
    var knocks = new HashMap<Integer, Knock>();
    boolean ended = false;
    for (String line : printed.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length < 2 || !words[0].equals(mark)) {
        continue;
      }
      ended |= words[1].equals("end");
      Optional<Integer> broker = id(words[1]);
      if (words.length < 3 || broker.isEmpty()) {
        continue;
      }
      double connectMs = connected.getOrDefault(broker.get(), -1.0);
      switch (words[2]) {
        case "connected" -> connected.put(broker.get(), figure(words, 3));
        case "refused" -> knocks.put(broker.get(), new Knock(Reach.REFUSED, -1, -1));
        case "unresolved" -> knocks.put(broker.get(), new Knock(Reach.UNRESOLVED, -1, -1));
        case "closed" -> knocks.put(broker.get(), new Knock(Reach.CLOSED, connectMs, -1));
        case "answered" -> {
          boolean ours = words.length > 4 && words[4].equals(CORRELATION);
          Reach reach = ours ? Reach.ANSWERED : Reach.CLOSED; // not a Kafka broker's answer
          knocks.put(broker.get(), new Knock(reach, connectMs, ours ? figure(words, 3) : -1));
        }
        default -> {}
      }
    }
    if (ended) {
      brokers.forEach(b -> knocks.computeIfAbsent(b.id(), id -> waited(connected.get(id))));
    }
    return new Told(knocks, ended || !knocks.isEmpty() || !printed.contains(mark + " nothing"));
  }

  private static Knock waited(@Nullable Double connectMs) {
    return connectMs == null ? Knock.DARK : new Knock(Reach.SILENT, connectMs, -1);
  }

  private static Optional<Integer> id(String word) {
    return word.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(word)) : Optional.empty();
  }

  private static double figure(String[] words, int at) {
    return words.length > at && words[at].matches("\\d{1,9}(\\.\\d{1,6})?")
        ? Double.parseDouble(words[at])
        : 0;
  }
}
