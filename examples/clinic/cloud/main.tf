terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

variable "office_network" {
  type        = string
  description = "Where administrators work"
}

resource "aws_security_group" "records" {
  name = "records"

  ingress {
    description = "database"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    description = "administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.office_network]
  }
}

resource "aws_db_instance" "records" {
  identifier              = "records"
  engine                  = "postgres"
  engine_version          = "15.7"
  instance_class          = "db.t4g.medium"
  allocated_storage       = 100
  username                = "records"
  password                = "bluebird-92-ward"
  storage_encrypted       = false
  publicly_accessible     = true
  backup_retention_period = 0
  skip_final_snapshot     = true
}

resource "aws_s3_bucket" "imaging" {
  bucket = "clinic-imaging-archive"
}

resource "aws_s3_bucket_acl" "imaging" {
  bucket = aws_s3_bucket.imaging.id
  acl    = "public-read"
}

resource "aws_lb_listener" "portal" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/portal/50dc6c495c0c9188"
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/portal/6d0ecf831eec9f09"
  }
}

resource "aws_iam_account_password_policy" "staff" {
  minimum_password_length        = 8
  require_symbols                = false
  max_password_age               = 0
  allow_users_to_change_password = true
}

resource "aws_ebs_volume" "scratch" {
  availability_zone = "eu-central-1a"
  size              = 200
}
