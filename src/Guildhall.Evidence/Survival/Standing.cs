using System.Runtime.InteropServices;

namespace Guildhall.Evidence;

/// <summary>How far a seller had come at an age, where some who wait are nearer to it than others: whoever has sold for half of a milestone reaches it sooner than who has sold nothing, with a mentor or without.</summary>
/// <param name="Stage">Only sellers of one stage are laid beside each other, such as those who had sold by then.</param>
/// <param name="Progress">A finite number, such as the share of the milestone that was sold.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Standing(int Stage, double Progress);
