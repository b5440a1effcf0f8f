using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Guildhall.Benchmarks;

/// <summary>The nodes, each a process of its own.</summary>
sealed class ProofNodes : IDisposable
{
    readonly string database;
    readonly IReadOnlyList<string> like;
    readonly TimeSpan clocks;
    readonly Process[] processes;
    readonly int[] starts;

    ProofNodes(string database, int many, TimeSpan clocks, IReadOnlyList<string> like)
    {
        (this.database, this.like, this.clocks) = (database, like, clocks);
        (processes, starts, Ports) = (new Process[many], new int[many], [.. Enumerable.Range(0, many).Select(_ => FreePort())]);
    }

    public IReadOnlyList<int> Ports { get; }
    public int Count => processes.Length;

    /// <param name="clocks">How far the clock of the first is ahead, and that of the second behind.</param>
    /// <param name="like">What else `prove node` is told.</param>
    public static async Task<ProofNodes> Start(string database, int many, TimeSpan clocks, params IReadOnlyList<string> like)
    {
        var nodes = new ProofNodes(database, many, clocks, like);
        for (var node = 0; node < many; node++) await nodes.Start(node);
        return nodes;
    }

    public Uri AddressOf(int node) => new($"http://127.0.0.1:{Ports[node]}");

    /// <summary>Another one after each start, as its name in the cluster is.</summary>
    public string NameOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{node + 1}-{starts[node]}");

    public int IndexOf(string name) => Enumerable.Range(0, Count).FirstOrDefault(node => NameOf(node) == name, -1);

    public async Task KillAndStartAnew(int node)
    {
        processes[node].Kill();
        await processes[node].WaitForExitAsync();
        processes[node].Dispose();
        await Start(node);
    }

    async Task Start(int node)
    {
        starts[node]++;
        // The first clock is ahead by that much, the second behind by as much, the third is right.
        var ahead = (node % 3) switch { 0 => clocks, 1 => -clocks, _ => TimeSpan.Zero };
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["prove", "node", "--name", NameOf(node), "--urls", AddressOf(node).ToString(), "--minutes-ahead", ahead.TotalMinutes.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var word in like) start.ArgumentList.Add(word);
        start.Environment["GUILDHALL_DATABASE"] = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 25, ApplicationName = NameOf(node) }.ConnectionString;
        processes[node] = Process.Start(start)!;
        processes[node].OutputDataReceived += (_, line) => { if (line.Data is { Length: > 0 } said) Console.Error.WriteLine($"node {NameOf(node)}: {said}"); };
        processes[node].BeginOutputReadLine();
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(AddressOf(node), "/sign-in"));
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException) when (tries < 600 && !processes[node].HasExited)
            {
            }

            await Task.Delay(100);
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
