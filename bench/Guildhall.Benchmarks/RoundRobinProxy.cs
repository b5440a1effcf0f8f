using System.Net;
using System.Net.Sockets;

namespace Guildhall.Benchmarks;

/// <summary>A proxy of connections that gives each to the next node which takes it, and remembers nobody. The node sees the address of who came.</summary>
sealed class RoundRobinProxy : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly IReadOnlyList<int> ports;
    int turn;

    public RoundRobinProxy(IReadOnlyList<int> ports)
    {
        this.ports = ports;
        listener.Start();
        _ = Task.Run(Accept);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptSocketAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }

    async Task Serve(Socket visitor)
    {
        using (visitor)
        {
            for (var tries = 0; tries < ports.Count; tries++)
            {
                using var node = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    node.Bind(new IPEndPoint(((IPEndPoint)visitor.RemoteEndPoint!).Address, 0));
                    await node.ConnectAsync(IPAddress.Loopback, ports[Interlocked.Increment(ref turn) % ports.Count]);
                }
                catch (SocketException)
                {
                    continue;
                }

                try
                {
                    // Whichever side ends, both end: what was cut off must look so.
                    await Task.WhenAny(Copy(visitor, node), Copy(node, visitor));
                }
                catch (Exception cut) when (cut is IOException or SocketException)
                {
                }

                return;
            }
        }
    }

    static async Task Copy(Socket from, Socket to)
    {
        var bytes = new byte[16384];
        while (await from.ReceiveAsync(bytes) is > 0 and var read) await to.SendAsync(bytes.AsMemory(0, read));
    }

    public void Dispose() => listener.Dispose();
}
