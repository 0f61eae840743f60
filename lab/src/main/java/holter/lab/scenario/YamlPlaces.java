package holter.lab.scenario;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Line and column of every key of a YAML text. */
final class YamlPlaces {
  private final @Nullable Node root;

  YamlPlaces(String text) {
    root = new Yaml().compose(new java.io.StringReader(text));
  }

  /** {@code line 3, column 5} of the deepest part of a path that stands in the text. */
  String of(List<JsonMappingException.Reference> path) {
    var place = root;
    var node = root;
    for (var step : path) {
      if (node instanceof SequenceNode list && inside(step.getIndex(), list)) {
        node = list.getValue().get(step.getIndex());
        place = node;
      } else if (node instanceof MappingNode map && step.getFieldName() != null) {
        var entry = entry(map, step.getFieldName());
        if (entry == null) {
          break;
        }
        place = entry.getKeyNode();
        node = entry.getValueNode();
      } else {
        break;
      }
    }
    if (place == null) {
      return "line 1, column 1";
    }
    var mark = place.getStartMark();
    return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  private static boolean inside(int index, SequenceNode list) {
    return index >= 0 && index < list.getValue().size();
  }

  private static @Nullable NodeTuple entry(MappingNode map, String key) {
    for (var tuple : map.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
        return tuple;
      }
    }
    return null;
  }
}
