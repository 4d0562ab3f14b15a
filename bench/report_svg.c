/* A chart: a row a query, a dot an engine, speed to the right in powers of ten. */
#include "results.h"

#include <math.h>
#include <string.h>

#define WIDTH 860
#define LEFT 250
#define RIGHT 24
#define TOP 78
#define STEP 34
#define LOWEST 0.1
#define HIGHEST 30.0

typedef struct series {
    const char *engine; /* NULL: the fastest of ours */
    const char *label;
    const char *colour;
} series;

static const series shown[] = {
    {"memory-read", "reading memory", "#b8bec6"},
    {"hyperscan", "Hyperscan + verification", "#8250df"},
    {"simdjson-ondemand", "simdjson on-demand", "#0969da"},
    {"simdjson-dom", "simdjson DOM", "#54aeff"},
    {"rapidjson", "RapidJSON SAX", "#bf8700"},
    {"yajl", "yajl SAX", "#a0703c"},
    {NULL, "libctfilter", "#cf222e"},
};
#define SHOWN (sizeof shown / sizeof *shown)

static double across(double speed)
{
    double clipped = speed < LOWEST ? LOWEST : speed > HIGHEST ? HIGHEST : speed;
    return LEFT + (WIDTH - LEFT - RIGHT) * log10(clipped / LOWEST) / log10(HIGHEST / LOWEST);
}

static const bench_row *row_of(const bench_results *results, size_t query, const char *engine)
{
    return engine == NULL ? bench_best(results, query) : bench_row_named(results, query, engine);
}

static void put_legend(FILE *to)
{
    for (size_t i = 0; i < SHOWN; i++) {
        int x = 20 + (int)(i % 4) * 210, y = 42 + (int)(i / 4) * 18;
        fprintf(to, "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n", x,
                y - 4, shown[i].colour, x + 11, y, shown[i].label);
    }
}

static void put_scale(FILE *to, int bottom)
{
    static const double marks[] = {0.1, 0.3, 1, 3, 10, 30};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        fprintf(to,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e4e8ec\"/>"
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%g</text>\n",
                across(marks[i]), TOP - 4, across(marks[i]), bottom, across(marks[i]), bottom + 16, marks[i]);
    fprintf(to, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">GB/s, one core</text>\n", WIDTH - RIGHT,
            bottom + 34);
}

static void put_query(FILE *to, const bench_results *results, size_t query, int y)
{
    const bench_query *asked = &results->queries[query];
    fprintf(to, "<text x=\"20\" y=\"%d\"><tspan font-weight=\"bold\">%s</tspan> %s</text>\n", y + 4, asked->id,
            asked->title);
    fprintf(to, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#eef1f4\"/>\n", LEFT, y, WIDTH - RIGHT,
            y);
    for (size_t i = 0; i < SHOWN; i++) {
        const bench_row *row = row_of(results, query, shown[i].engine);
        if (row != NULL)
            fprintf(
                to,
                "<circle cx=\"%.1f\" cy=\"%d\" r=\"%d\" fill=\"%s\"><title>%s: %.2f GB/s</title></circle>\n",
                across(bench_speed(row)), y, shown[i].engine == NULL ? 7 : 5, shown[i].colour, shown[i].label,
                bench_speed(row));
    }
}

int bench_write_svg(const bench_results *results, const char *path)
{
    int rows = 0, y = TOP + 16;
    FILE *to = fopen(path, "w");
    if (to == NULL)
        return fprintf(stderr, "bench: cannot write %s\n", path), -1;
    for (size_t q = 0; q < BENCH_QUERIES; q++)
        rows += bench_best(results, q) != NULL;
    int bottom = TOP + rows * STEP;
    fprintf(
        to,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
        "font-family=\"sans-serif\" font-size=\"12\" fill=\"#24292f\">\n<rect width=\"100%%\" height=\"100%%\" "
        "fill=\"#ffffff\"/>\n<text x=\"20\" y=\"20\" font-size=\"14\" font-weight=\"bold\">Matching CloudTrail "
        "events, %s</text>\n",
        WIDTH, bottom + 46, WIDTH, bottom + 46, bench_processor());
    put_legend(to);
    put_scale(to, bottom);
    for (size_t q = 0; q < BENCH_QUERIES; q++) {
        if (bench_best(results, q) == NULL)
            continue;
        put_query(to, results, q, y);
        y += STEP;
    }
    fputs("</svg>\n", to);
    return fclose(to) != 0 ? -1 : 0;
}
