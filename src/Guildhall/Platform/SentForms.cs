using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform.Ui;
using Npgsql;

namespace Guildhall.Platform;

/// <summary>
/// Does a form once, however often it is sent: when the answer got lost on the way, the same form again gets the same answer, byte by byte. Programs name the form by the header
/// <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header); pages carry a key in each form. Which of two senders is first, the database decides, so it holds across nodes.
/// </summary>
sealed class SentForms(RequestDelegate next, NpgsqlDataSource database, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    public const string Field = "FormKey";
    public const int LongestKey = 255;

    /// <summary>How long an answer is kept, at least.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>How long somebody who presses twice waits for the answer to the first.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What is not answered after this long never will be: its node died.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public async Task Invoke(HttpContext http, Shell shell)
    {
        if (await Read(http) is not { } form) await next(http);
        else if (form.IsUnreadable) await Refuse(Refusal.Invalid("unreadable_key", $"The header {Header} must hold one key of 1 to {LongestKey} characters. Nothing was done."));
        else if (await Begin(form)) await Run(http, form);
        else await Repeat(form);

        async Task Repeat(Sent again)
        {
            for (var waiting = clock.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), http.RequestAborted))
            {
                if (await Find(again, http.RequestAborted) is not { } first)
                {
                    // The first came to nothing in the meantime.
                    if (!await Begin(again)) continue;
                    await Run(http, again);
                    return;
                }

                if (!first.Content.AsSpan().SequenceEqual(again.Content))
                    await Refuse(Refusal.Invalid("another_form", "Something else was sent under this key before. What was done then stays, and nothing was done now. Send this under a key of its own."));
                else if (first.Status is { } status) await Replay(http.Response, status, first);
                else if (clock.GetUtcNow() - first.BeganAt > Longest)
                    await Refuse(Refusal.Conflict("not_known", "Whether this was done is not known: the answer got lost. Look at the page it belongs to, and if it wasn’t, send it from there again."));
                else if (again.WaitsForTheFirst && clock.GetElapsedTime(waiting) < Patience) continue;
                else await Refuse(Refusal.Conflict("in_progress", "The same is being done right now. Nothing is done twice; wait a moment, then look."));
                return;
            }
        }

        async Task Refuse(Refusal refusal) =>
            await (http.Request.Headers.ContainsKey(Header) ? Page.Problem(refusal) : await Page.Refused(shell, refusal, http.RequestAborted)).ExecuteAsync(http);
    }

    async Task Run(HttpContext http, Sent form)
    {
        // What has a key is done to its end, even when nobody waits for the answer any more: they will ask again.
        http.RequestAborted = CancellationToken.None;
        var (response, wire) = (http.Response, http.Response.Body);
        using var answer = new MemoryStream();
        response.Body = answer;
        var isKept = false;
        try
        {
            await next(http);
            // A refusal changed nothing, so what is put right may be sent under the same key. A cookie belongs to the moment it was set.
            isKept = response.StatusCode < StatusCodes.Status400BadRequest && response.Headers.SetCookie.Count == 0;
            if (isKept) await Keep(form, response, answer.ToArray());
        }
        finally
        {
            response.Body = wire;
            if (!isKept) await Forget(form);
        }

        if (answer.Length > 0) await response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    static async Task Replay(HttpResponse response, int status, Answered first)
    {
        response.StatusCode = status;
        if (first.Location is not null) response.Headers.Location = first.Location;
        if (first.AnswerType is not null) response.ContentType = first.AnswerType;
        if (first.Answer is { Length: > 0 } answer) await response.Body.WriteAsync(answer);
    }

    /// <returns>Null where nobody is signed in, and where no key is sent.</returns>
    static async Task<Sent?> Read(HttpContext http)
    {
        if (http.User.Identity?.IsAuthenticated != true) return null;
        var named = http.Request.Headers[Header];
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        // A script that swaps in what comes back leaves the form and its key where they are, and may mean the same words anew.
        if (named.Count == 0 && (http.Request.Headers.ContainsKey("HX-Request") || fields[Field] is not [{ Length: > 0 and <= LongestKey }])) return null;
        var content = await Digest(http.Request, fields, http.RequestAborted);
        var account = Actor.From(http.User).AccountId;
        if (named.Count > 0) return new Sent(account, named is [{ Length: > 0 and <= LongestKey } key] ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : [], content, WaitsForTheFirst: false);
        // Who goes back to a page and sends its form with other words means something else by it, so a page's key is one of form and words.
        return new Sent(account, SHA256.HashData([.. Encoding.UTF8.GetBytes(fields[Field]!), .. content]), content, WaitsForTheFirst: true);
    }

    // Each part goes in after its length, so that no two forms read as one.
    static async Task<byte[]> Digest(HttpRequest request, IFormCollection fields, CancellationToken stop)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(request.PathBase + request.Path + request.QueryString);
        foreach (var (name, values) in fields.Where(field => field.Key is not (Field or "__RequestVerificationToken")).OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Add(name);
            digest.AppendData(BitConverter.GetBytes(values.Count));
            foreach (var value in values) Add(value ?? "");
        }

        foreach (var file in fields.Files)
        {
            Add(file.Name);
            Add(file.FileName);
            await using var bytes = file.OpenReadStream();
            digest.AppendData(await SHA256.HashDataAsync(bytes, stop));
        }

        return digest.GetHashAndReset();

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            digest.AppendData(BitConverter.GetBytes(bytes.Length));
            digest.AppendData(bytes);
        }
    }

    async Task<bool> Begin(Sent form)
    {
        await using var begin = Command("INSERT INTO platform.sent_form (account_id, key, content, began_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", form, form.Content, clock.GetUtcNow());
        return await begin.ExecuteNonQueryAsync() == 1;
    }

    async Task<Answered?> Find(Sent form, CancellationToken stop)
    {
        await using var find = Command("SELECT content, began_at, status, location, answer_type, answer FROM platform.sent_form WHERE account_id = $1 AND key = $2", form);
        await using var row = await find.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop)) return null;
        return new Answered(row.GetFieldValue<byte[]>(0), row.GetFieldValue<DateTimeOffset>(1), row.IsDBNull(2) ? null : row.GetInt32(2), Text(3), Text(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5));

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    async Task Keep(Sent form, HttpResponse response, byte[] answer)
    {
        string? location = response.Headers.Location;
        await using var keep = Command("UPDATE platform.sent_form SET status = $3, location = $4, answer_type = $5, answer = $6 WHERE account_id = $1 AND key = $2",
            form, response.StatusCode, location ?? (object)DBNull.Value, response.ContentType ?? (object)DBNull.Value, answer);
        await keep.ExecuteNonQueryAsync();
    }

    async Task Forget(Sent form)
    {
        await using var forget = Command("DELETE FROM platform.sent_form WHERE account_id = $1 AND key = $2", form);
        await forget.ExecuteNonQueryAsync();
    }

    NpgsqlCommand Command(string sql, Sent form, params IEnumerable<object> more)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in (object[])[form.AccountId, form.Key, .. more]) command.Parameters.Add(new() { Value = value });
        return command;
    }

    /// <param name="Key">A digest; empty where it can't be read.</param>
    /// <param name="WaitsForTheFirst">A person who pressed twice wants the page; a program is told that it is early.</param>
    sealed record Sent(Guid AccountId, byte[] Key, byte[] Content, bool WaitsForTheFirst)
    {
        public bool IsUnreadable => Key.Length == 0;
    }

    sealed record Answered(byte[] Content, DateTimeOffset BeganAt, int? Status, string? Location, string? AnswerType, byte[]? Answer);
}
