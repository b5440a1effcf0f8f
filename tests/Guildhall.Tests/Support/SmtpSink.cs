using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Guildhall.Tests.Support;

/// <summary>A mail server on a free loopback port that keeps what it gets, and answers as a test says.</summary>
public sealed class SmtpSink : IDisposable
{
    /// <summary>An answer of <see cref="OnMessage"/>: hang up without any.</summary>
    public const string HangUp = "";

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    int connections;

    public SmtpSink()
    {
        listener.Start();
        _ = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every message that came in whole, whatever was answered.</summary>
    public ConcurrentQueue<SinkMail> Mails { get; } = new();

    /// <summary>Every line that a client said outside of messages.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public int Connections => connections;

    /// <summary>What it says to a recipient; null takes them.</summary>
    public Func<string, string?> OnRecipient { get; set; } = _ => null;

    /// <summary>What it says to a whole message; null takes it.</summary>
    public Func<SinkMail, Task<string?>> OnMessage { get; set; } = _ => Task.FromResult<string?>(null);

    /// <summary>What it can do, as EHLO lists it.</summary>
    public IReadOnlyList<string> Offers { get; set; } = ["8BITMIME"];

    /// <summary>Takes connections and says nothing.</summary>
    public bool IsSilent { get; set; }

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
        stopping.Dispose();
    }

    async Task Listen()
    {
        try
        {
            while (true) _ = Talk(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    async Task Talk(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        using (client)
        {
            try
            {
                // Byte for byte: what a line holds is for the parser to say.
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                if (IsSilent) await Task.Delay(Timeout.Infinite, stopping.Token);
                await Talk(reader, writer);
            }
            catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    async Task Talk(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 sink.example ESMTP");
        var (from, to) = ("", new List<string>());
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            Said.Enqueue(line);
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-sink.example");
                    foreach (var offer in Offers) await writer.WriteLineAsync($"250-{offer}");
                    await writer.WriteLineAsync("250 HELP");
                    break;
                case "AUTH":
                    if (line.Split(' ').Length == 2)
                    {
                        await writer.WriteLineAsync("334 VXNlcm5hbWU6");
                        await reader.ReadLineAsync(stopping.Token);
                    }
                    await writer.WriteLineAsync("334 UGFzc3dvcmQ6");
                    await writer.WriteLineAsync(await reader.ReadLineAsync(stopping.Token) == Convert.ToBase64String("right"u8) ? "235 2.7.0 in" : "535 5.7.8 wrong user or password");
                    break;
                case "MAIL":
                    var isLetIn = !Offers.Any(offer => offer.StartsWith("AUTH", StringComparison.Ordinal)) || Said.Any(said => said.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)) && IsIn;
                    (from, to) = (line, []);
                    await writer.WriteLineAsync(isLetIn ? "250 2.1.0 fine" : "530 5.7.0 sign in first");
                    break;
                case "RCPT":
                    var recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.LastIndexOf('>')];
                    var no = OnRecipient(recipient);
                    if (no is null) to.Add(recipient);
                    await writer.WriteLineAsync(no ?? "250 2.1.5 fine");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(stopping.Token) is { } part and not ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    var mail = new SinkMail(from, to, text.ToString());
                    Mails.Enqueue(mail);
                    var answer = await OnMessage(mail);
                    if (answer == HangUp) return;
                    await writer.WriteLineAsync(answer ?? "250 2.0.0 kept");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 fine");
                    break;
            }
        }
    }

    /// <summary>Whether the sign-in of a client counts; false once it was refused.</summary>
    public bool IsIn { get; set; } = true;
}

/// <summary>A message as it came over the wire, and what a mail program reads in it (RFC 5322, 2045 to 2047).</summary>
public sealed partial class SinkMail(string from, IReadOnlyList<string> to, string raw)
{
    public string From => from;
    public IReadOnlyList<string> To => to;
    public string Raw => raw;

    public IReadOnlyList<(string Name, string Value)> Headers { get; } = HeadersOf(raw);

    /// <summary>The one header of this name, decoded; null when there is none.</summary>
    public string? Header(string name) => Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => Words(header.Value)).SingleOrDefault();

    public string Text => Part("text/plain");
    public string Html => Part("text/html");

    string Part(string type)
    {
        var boundary = $"--{Header("Content-Type")!.Split("boundary=")[1].Trim('"')}";
        foreach (var part in raw.Split(boundary)[1..])
        {
            var headers = HeadersOf(part.TrimStart('\r', '\n'));
            if (!headers.Any(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith($"{type}; charset=utf-8", StringComparison.OrdinalIgnoreCase))) continue;
            var encoding = headers.Single(header => header.Name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase)).Value;
            if (encoding != "quoted-printable") throw new InvalidOperationException($"The part {type} comes as {encoding}.");
            return Encoding.UTF8.GetString(QuotedPrintable(part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]));
        }

        throw new InvalidOperationException($"There is no part {type}.");
    }

    static List<(string Name, string Value)> HeadersOf(string message)
    {
        var headers = new List<(string Name, string Value)>();
        foreach (var line in message.Split("\r\n\r\n")[0].Split("\r\n"))
        {
            if (line is [' ' or '\t', ..]) headers[^1] = (headers[^1].Name, headers[^1].Value + " " + line.TrimStart());
            else headers.Add((line.Split(':')[0], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
        }

        return headers;
    }

    static byte[] QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '=') bytes.Add((byte)text[at]);
            else if (text.AsSpan(at + 1).StartsWith("\r\n")) at += 2;
            else
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
        }

        return [.. bytes];
    }

    // Blanks between two encoded words are not part of the text.
    static string Words(string value) => EncodedWord().Replace(BetweenWords().Replace(value, "?==?"), word => Encoding.UTF8.GetString(
        word.Groups["how"].Value is "B" or "b" ? Convert.FromBase64String(word.Groups["text"].Value) : QuotedPrintable(word.Groups["text"].Value.Replace('_', ' '))));

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenWords();
}
