package main

import "context"

type soakCommand struct {
	common
}

func (c soakCommand) Run(ctx context.Context) error { return nil }
