// quamina: the rules of each query as patterns, events one by one.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"

	"quamina.net/go/quamina"
)

const passes = 5

type query struct {
	ID    string   `json:"id"`
	Data  string   `json:"data"`
	Rules []string `json:"rules"`
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "quamina:", err)
	os.Exit(1)
}

func readQueries(directory string) []query {
	file, err := os.Open(filepath.Join(directory, "queries.jsonl"))
	if err != nil {
		fail(err)
	}
	defer file.Close()
	var queries []query
	for decoder := json.NewDecoder(bufio.NewReader(file)); decoder.More(); {
		var q query
		if err := decoder.Decode(&q); err != nil {
			fail(err)
		}
		queries = append(queries, q)
	}
	return queries
}

func compile(q query) (*quamina.Quamina, error) {
	matcher, err := quamina.New()
	for i := 0; i < len(q.Rules) && err == nil; i++ {
		err = matcher.AddPattern(i, q.Rules[i])
	}
	return matcher, err
}

// Matches all lines once.
func pass(matcher *quamina.Quamina, lines [][]byte) (seconds float64, events, hits int) {
	start := time.Now()
	for _, line := range lines {
		found, err := matcher.MatchesForEvent(line)
		if err != nil {
			fail(err)
		}
		if len(found) > 0 {
			events++
		}
		hits += len(found)
	}
	return time.Since(start).Seconds(), events, hits
}

func measure(q query, lines [][]byte) {
	matcher, err := compile(q)
	if err != nil {
		fmt.Printf("%s\t-\t%v\n", q.ID, err)
		return
	}
	var samples []float64
	events, hits := 0, 0
	for i := 0; i < passes; i++ {
		var seconds float64
		seconds, events, hits = pass(matcher, lines)
		samples = append(samples, seconds)
	}
	sort.Float64s(samples)
	fmt.Printf("%s\t%g\t%d\t%d\n", q.ID, samples[passes/2], events, hits)
}

func main() {
	directory := os.Args[1]
	for _, q := range readQueries(directory) {
		if len(q.Rules) == 0 {
			fmt.Printf("%s\t-\tno event pattern\n", q.ID)
			continue
		}
		data, err := os.ReadFile(filepath.Join(directory, q.Data))
		if err != nil {
			fail(err)
		}
		measure(q, bytes.Split(bytes.TrimRight(data, "\n"), []byte("\n")))
	}
}
