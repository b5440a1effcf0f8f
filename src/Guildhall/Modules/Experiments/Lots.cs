using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Experiments;

/// <summary>Somebody who waits for a place when lots are drawn.</summary>
/// <param name="Tier">Null for who has none of the program's.</param>
/// <param name="IsFirst">They waited by lot before, and come before everybody else.</param>
record struct Ticket(Guid ParticipantId, Guid SellerId, TierName? Tier, bool IsFirst);

/// <summary>A ticket with its chance, and what came out.</summary>
record struct DrawnTicket(Ticket Ticket, double OddsShare, bool HasWon);

/// <summary>
/// Draws lots for places: who waited by lot before comes first, and within that everybody has the same odds. Each tier gets its share of the places, to the next whole one either way, because lots are counted off tier by tier (W. Madow, "On the theory
/// of systematic sampling, II", Annals of Mathematical Statistics 20, 1949). docs/methods/lottery.md works an example.
/// </summary>
/// <remarks>
/// A number of a text is the first eight bytes, the highest first, of SHA-256 over "seed text", with the seed in small hexadecimal letters: anybody can work it out again. Within a tier people stand by the number of their participant id, which is as good as
/// shuffling; then, of n people for m places and with a start s below n, the k-th wins where ⌊(k m + s)/n⌋ steps up. Each of the n starts is as likely and exactly m of them let a person win, so all odds are m/n, and given how many of a tier win, every set of
/// so many is as likely. A start is taken from 64 bits, which prefers none by more than one in 10¹⁸ of its chance.
/// </remarks>
static class Lots
{
    public const int SeedBytes = 32;

    public static IReadOnlyList<DrawnTicket> Draw(byte[] seed, IEnumerable<Ticket> tickets, int places)
    {
        var text = Convert.ToHexStringLower(seed);
        List<DrawnTicket> drawn = [];
        foreach (var line in tickets.GroupBy(ticket => ticket.IsFirst).OrderByDescending(line => line.Key))
        {
            List<Ticket> order = [.. line.OrderBy(ticket => ticket.Tier is null).ThenBy(ticket => ticket.Tier).ThenBy(ticket => Number(text, ticket.ParticipantId.ToString())).ThenBy(ticket => ticket.ParticipantId)];
            long count = order.Count;
            var given = Math.Min(places, count);
            var start = (long)(ulong)((UInt128)Number(text, line.Key ? "first" : "start") * (ulong)count >> 64);
            drawn.AddRange(order.Select((ticket, k) => new DrawnTicket(ticket, given / (double)count, (((k + 1) * given) + start) / count > ((k * given) + start) / count)));
            places -= (int)given;
        }

        return drawn;
    }

    static ulong Number(string seed, string of) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"{seed} {of}")));
}
