using Guildhall.Benchmarks;

return args switch
{
    ["cancel", .. var rest] => CancelBenchmark.Run(rest),
    ["effects", .. var rest] => EffectsBenchmark.Run(rest),
    ["import", .. var rest] => ImportBenchmark.Run(rest),
    ["instance", .. var rest] => InstanceCommand.Run(rest),
    ["matching", .. var rest] => MatchingBenchmark.Run(rest),
    ["prove", "coverage", .. var rest] => CoverageProof.Run(rest),
    ["prove", "digests", .. var rest] => DigestsProof.Run(rest),
    ["prove", "enumeration", .. var rest] => EnumerationProof.Run(rest),
    ["prove", "node", .. var rest] => ProofNode.Run(rest),
    ["prove", "nodes", .. var rest] => NodesProof.Run(rest),
    ["panel", .. var rest] => PanelBenchmark.Run(rest),
    ["pairs", .. var rest] => PairsBenchmark.Run(rest),
    ["run", .. var rest] => RunBenchmark.Run(rest),
    ["solve", .. var rest] => SolveCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        bench cancel [--size 10000x1000] [--moments 20]
        bench effects [--sellers 10000,100000] [--repeats 5]
        bench import [--rows 1000000] [--repeats 3]
        bench matching [--families A,B,G] [--sizes 1000,10000] [--objective score|matched-first] [--repeats 5] [--no-peers]
        bench panel [--rows 10000000] [--repeats 3]
        bench pairs [--size 2000x10000] [--repeats 5]
        bench run [--sizes 1000x200,10000x1000] [--repeats 3] [--beside 20] [--near-ties 1]
        prove coverage
        prove digests [--people 10000] [--nodes 3] [--every 4] [--clocks 5]
        prove enumeration [--tries 1000]
        prove nodes [--nodes 3] [--kills 10] [--every 8] [--clocks 5]
        bench instance --family A --mentees 1000 --out DIR
        """);
    return 2;
}
