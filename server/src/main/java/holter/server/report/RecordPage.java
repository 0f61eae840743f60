package holter.server.report;

import holter.server.text.Tongue;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A record's Markdown as one HTML page that needs nothing from outside. */
public final class RecordPage {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true).build();

  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:70rem;margin:2rem auto;
      padding:0 1rem}
      h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #8886}
      table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
      th,td{border:1px solid #8886;padding:.25rem .5rem;text-align:left;vertical-align:top;
      overflow-wrap:anywhere}
      td:first-child{white-space:nowrap}
      @media print{body{margin:0;max-width:none}}
      """;

  private RecordPage() {}

  /** The page. */
  public static String of(String markdown, String title, Tongue tongue) {
    return "<!doctype html>\n<html lang=\""
        + (tongue == Tongue.ZH ? "zh-CN" : "en")
        + "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\""
        + " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>"
        + escaped(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + RENDERER.render(PARSER.parse(markdown))
        + "</body>\n</html>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
