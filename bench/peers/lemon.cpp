// The peer of `bench matching`: LEMON's minimum-cost flow on an instance written by the benchmark.
// Usage: lemon FILE simplex|scaling REPEATS. Prints, for each repeat, the seconds of run() alone and the optimum in millionths;
// then "peak" and the process's peak memory in kB.
//
// The inequality form: a mentee supplies 1, a mentor's supply is -capacity ("at most"), and leaving a mentee unmatched is an arc to one more
// node. Arcs from mentors to a common sink would do as well and take LEMON 2.5 times as long.
#include <chrono>
#include <cstdio>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Graph = lemon::SmartDigraph;
constexpr long long top_score = 1000000;

static std::vector<int32_t> read_words(FILE* file, size_t count) {
    std::vector<int32_t> words(count);
    if (fread(words.data(), sizeof(int32_t), count, file) != count) {
        fprintf(stderr, "The instance file ends early.\n");
        std::exit(2);
    }
    return words;
}

template <class Solver>
static void race(const Graph& graph, const Graph::ArcMap<int>& capacity, const Graph::ArcMap<long long>& cost,
                 const Graph::NodeMap<int>& supply, long long mentees, int repeats) {
    for (int r = 0; r < repeats; ++r) {
        Solver solver(graph);
        solver.upperMap(capacity).costMap(cost).supplyMap(supply);
        const auto begin = std::chrono::steady_clock::now();
        const auto outcome = solver.run();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        if (outcome != Solver::OPTIMAL) {
            fprintf(stderr, "LEMON found no optimum.\n");
            std::exit(1);
        }
        printf("%.6f %lld\n", seconds.count(), mentees * top_score - (long long)solver.template totalCost<long long>());
    }
}

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    FILE* file = fopen(argv[1], "rb");
    if (!file) return 2;
    const auto sizes = read_words(file, 3);
    const int mentees = sizes[0], mentors = sizes[1], pairs = sizes[2];
    auto starts = read_words(file, mentees + 1), pair_mentors = read_words(file, pairs), scores = read_words(file, pairs);
    const auto capacities = read_words(file, mentors);
    fclose(file);

    Graph graph;
    graph.reserveNode(mentees + mentors + 1);
    graph.reserveArc(pairs + mentees);
    for (int v = 0; v < mentees + mentors + 1; ++v) graph.addNode();
    for (int i = 0; i < mentees; ++i)
        for (int e = starts[i]; e < starts[i + 1]; ++e) graph.addArc(Graph::nodeFromId(i), Graph::nodeFromId(mentees + pair_mentors[e]));
    for (int i = 0; i < mentees; ++i) graph.addArc(Graph::nodeFromId(i), Graph::nodeFromId(mentees + mentors));
    Graph::ArcMap<int> capacity(graph, 1);
    Graph::ArcMap<long long> cost(graph, top_score);
    for (int e = 0; e < pairs; ++e) cost[Graph::arcFromId(e)] = top_score - scores[e];
    Graph::NodeMap<int> supply(graph, 1);
    for (int j = 0; j < mentors; ++j) supply[Graph::nodeFromId(mentees + j)] = -capacities[j];
    supply[Graph::nodeFromId(mentees + mentors)] = -mentees;
    std::vector<int32_t>().swap(starts);
    std::vector<int32_t>().swap(pair_mentors);
    std::vector<int32_t>().swap(scores);

    if (!strcmp(argv[2], "simplex"))
        race<lemon::NetworkSimplex<Graph, int, long long>>(graph, capacity, cost, supply, mentees, std::stoi(argv[3]));
    else
        race<lemon::CostScaling<Graph, int, long long>>(graph, capacity, cost, supply, mentees, std::stoi(argv[3]));

    FILE* status = fopen("/proc/self/status", "r");
    char line[256];
    long peak = 0;
    while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &peak);
    printf("peak %ld\n", peak);
}
